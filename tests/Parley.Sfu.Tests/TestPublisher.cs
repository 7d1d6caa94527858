using Parley.Simulation;

namespace Parley.Sfu.Tests;

/// <summary>Someone with a microphone and a camera.</summary>
internal sealed class TestPublisher
{
    private static readonly int[] Heights = [180, 360, 720];

    public TestPublisher(SimulatedPeer peer, string audio, string video, string[] rids)
    {
        Peer = peer;
        uint ssrc = (uint)(peer.Transport.Value * 100);
        Audio = new OpusSource(peer, audio, ssrc + 1);
        Layers = rids.Length == 0
            ? [new Vp8Source(peer, video, ssrc + 10)]
            : [.. rids.Select((rid, i) => new Vp8Source(peer, video, ssrc + 10 + (uint)i, rid, Heights[i]))];
    }

    public SimulatedPeer Peer { get; }

    public OpusSource Audio { get; }

    public Vp8Source[] Layers { get; }

    public Vp8Source Video => Layers[0];
}
