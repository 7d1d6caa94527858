using Parley.Net.Entropy;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Server.Media;
using Parley.Server.Nodes;

namespace Parley.Server.Tests.Tunnel;

/// <summary>A participant in a room of a real shard, as far as ICE goes.</summary>
internal sealed class TunnelPeer : IDisposable
{
    private MonotonicTime _now = MonotonicTime.FromMilliseconds(1);

    private TunnelPeer(MediaAnswer answer, string ufrag, string password)
    {
        Answer = answer;
        Assert.True(SessionDescription.TryParse(answer.Sdp, 128, out SessionDescription? said, out _));
        SdpMedia first = said!.Media[0];
        Port = first.Candidates.First(candidate => candidate.Protocol == "udp").Port;
        Tcp = [.. first.Candidates.Where(candidate => candidate.Protocol == "tcp")];
        Checker = new ConnectivityChecker(
            new IceCredentials(ufrag, password), new IceCredentials(first.IceUfrag, first.IcePassword), TransportAddress.From(System.Net.IPAddress.Loopback, (ushort)Port), new SystemEntropy(), _now);
    }

    public MediaAnswer Answer { get; }

    public TunnelPass Pass => Answer.Tunnel!;

    /// <summary>The UDP port of its shard.</summary>
    public int Port { get; }

    public IReadOnlyList<SdpCandidate> Tcp { get; }

    public ConnectivityChecker Checker { get; }

    public static async Task<TunnelPeer> JoinAsync(IMediaRoom room, string participant)
    {
        string offer = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Goldens", "chromium-meeting.sdp"));
        Assert.True(SessionDescription.TryParse(offer, 128, out SessionDescription? said, out _));
        return new TunnelPeer(await room.ConnectAsync(new MediaOffer { Participant = participant, Sdp = offer }), said!.Media[0].IceUfrag, said.Media[0].IcePassword);
    }

    /// <summary>The next moment at which a check is due.</summary>
    public MonotonicTime Next() => _now = MonotonicTime.Earlier(Checker.NextDeadline, _now + TimeSpan.FromSeconds(20));

    /// <summary>Takes what the shard answered; true when it is a success that only the shard could write.</summary>
    public bool IsAnswered(byte[] datagram)
    {
        Span<byte> response = stackalloc byte[768];
        Checker.HandleDatagram(datagram, Checker.Candidate, _now, response);
        return Checker.State == IceState.Connected;
    }

    public void Dispose() => Checker.Dispose();
}
