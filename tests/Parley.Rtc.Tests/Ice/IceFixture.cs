using System.Net;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Ice;

/// <summary>An agent, a peer that writes checks to it, and a clock.</summary>
internal sealed class IceFixture : IDisposable
{
    public static readonly IceCredentials Local = new("node", "the node's own password");
    public static readonly IceCredentials Remote = new("peer", "the peer's own password");
    public static readonly IceCredentials NewLocal = new("node2", "the node's next password");
    public static readonly IceCredentials NewRemote = new("peer2", "the peer's next password");
    public static readonly TransportAddress A = Address(1);
    public static readonly TransportAddress B = Address(2);

    private readonly byte[] _response = new byte[StunConstants.MaximumLength];

    public IceFixture() => Agent = new IceLiteAgent(Local, Remote, Now);

    public IceLiteAgent Agent { get; }

    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1000);

    public ReadOnlySpan<byte> Response => _response;

    public static TransportAddress Address(byte last) => TransportAddress.From(IPAddress.Parse($"192.0.2.{last}"), 5000);

    public IceCheckResult Check(TransportAddress from, PeerCheck? check = null) =>
        Agent.HandleCheck((check ?? new PeerCheck()).Write(), from, Now, _response);

    public IceCheckResult Nominate(TransportAddress from) => Check(from, new PeerCheck { Nominates = true });

    public void Pass(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        if (Agent.NextDeadline <= Now)
            Agent.HandleTimeout(Now);
        Assert.True(Agent.NextDeadline > Now);
    }

    public void Dispose() => Agent.Dispose();
}
