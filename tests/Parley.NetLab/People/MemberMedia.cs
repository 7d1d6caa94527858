using System.Net;
using System.Security.Cryptography;
using Parley.Cli.Load.Measuring;
using Parley.Cli.Load.Media;
using Parley.Cli.Load.Peers;
using Parley.Cli.Load.Signalling;
using Parley.Dtls;
using Parley.Net.Clocks;
using Parley.Net.Entropy;
using Parley.NetLab.Network;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;

namespace Parley.NetLab.People;

/// <summary>A member's peer connections: a picture goes out, everyone's comes in. The old connection goes on until the new one carries media.</summary>
internal sealed class MemberMedia : IDisposable
{
    /// <summary>Frames a second: gaps are measured this finely.</summary>
    public const int FrameRate = 25;

    private const int BitRate = 60_000;
    private const int Slots = 8;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SystemEntropy _entropy = new();
    private readonly LatencyHistogram _latency = new();
    private readonly DtlsEndpointFactory _dtls;
    private readonly MemberLoop _loop;
    private readonly int _number;
    private readonly List<LoadPeer> _peers = [];

    /// <summary>Makes the media of member <paramref name="number"/>, which is stamped into every packet.</summary>
    public MemberMedia(NetworkNamespace space, IPAddress local, int number, int most)
    {
        _dtls = new(DtlsCertificate.Create(_key));
        _loop = new MemberLoop(space, local);
        _number = number;
        Arrivals = [.. Enumerable.Range(0, most).Select(static _ => new ArrivalLog())];
    }

    /// <summary>When packets of each member came, by number.</summary>
    public IReadOnlyList<ArrivalLog> Arrivals { get; }

    /// <summary>An offer of a new peer connection, with what must be kept until its answer.</summary>
    public (LocalPeer Local, SessionDescription Offer) Offer()
    {
        LocalPeer local = new(_entropy.NextIceText(8), _entropy.NextIceText(24), _dtls.LocalFingerprint.ToArray());
        OfferBuilder builder = new(new()
        {
            Ufrag = local.Ufrag,
            Password = local.Password,
            Fingerprint = local.Fingerprint,
            Entropy = new SystemEntropy(),
            Rtx = false,
            TransportSequence = false,
        });
        builder.AddVideo(SdpDirection.SendOnly);
        for (int i = 0; i < Slots; i++)
            builder.AddVideo(SdpDirection.RecvOnly);
        return (local, builder.Build());
    }

    /// <summary>Takes the answer and waits until the connection carries media; those before end then.</summary>
    /// <exception cref="InvalidOperationException">It never does; the connections before are as they were.</exception>
    public async Task ConnectAsync(LocalPeer local, SessionDescription offer, string answer, TimeSpan patience)
    {
        RemotePeer remote = LoadSdp.Read(answer, local, offer);
        VideoPublisher publisher = new(new VideoSource(_number, BitRate, FrameRate), remote.Ssrc, remote.PayloadType);
        StreamReceiver receiver = new(Arrivals.Count, _latency) { Heard = (stamp, now) => Arrivals[stamp.Stream].Add(now.Microseconds) };
        LoadPeer peer = new(local, remote, _dtls, new SystemEntropy(), publisher, receiver, _loop.Wake, MonotonicClock.Shared.Now);
        _peers.Add(peer);
        _loop.Add(peer);
        long until = MonotonicClock.Shared.Now.Microseconds + (patience.Ticks / TimeSpan.TicksPerMicrosecond);
        while (peer.JoinTime is null)
        {
            if (peer.Failure is { } failure || MonotonicClock.Shared.Now.Microseconds > until)
            {
                Remove(peer);
                throw new InvalidOperationException($"no connection to {remote.Address}: {peer.Failure ?? "no answer in time"}");
            }

            await Task.Delay(Glance);
        }

        foreach (LoadPeer old in _peers.Where(old => old != peer).ToArray())
            Remove(old);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _key.Dispose();
    }

    private void Remove(LoadPeer peer)
    {
        _peers.Remove(peer);
        _loop.Remove(peer);
    }
}
