using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Tests.Ice;
using Parley.Rtc.Turn;

namespace Parley.Rtc.Tests.Turn;

/// <summary>A session of a node with two shards at one IPv4 and one IPv6 address, and a client that knows its credentials.</summary>
internal sealed class TurnBench : ITurnAuthority
{
    public static readonly byte[] Own = [192, 0, 2, 7];
    public static readonly byte[] OwnV6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
    public const int Shard = 40_000;
    public const ushort RelayedPort = 50_123;
    public const string User = "1790000000:eu-fra-1:p_ada";
    public const string Password = "a password";

    private readonly byte[] _response = new byte[768];

    public TurnBench(params TransportAddress[] own)
    {
        TransportAddress[] peers = own.Length > 0 ? own : [Address(Own, Shard), Address(Own, Shard + 1), Address(OwnV6, Shard), Address(OwnV6, Shard + 1)];
        Session = new TurnSession(
            new TurnSettings { Realm = "parley", Nonce = "0123456789", Client = Address([198, 51, 100, 9], 1234), Relayed = [peers[0]], Peers = peers }, this, new SeededEntropy(1));
    }

    public TurnSession Session { get; }

    public MonotonicTime Now { get; set; } = MonotonicTime.FromMilliseconds(1000);

    public bool IsLetIn { get; set; } = true;

    public ushort Port { get; set; } = RelayedPort;

    public static TransportAddress Address(byte[] ip, int port) => TransportAddress.FromBytes(ip, (ushort)port);

    public string? FindPassword(string username, bool isAllocated) => IsLetIn && username.StartsWith("1790000000:", StringComparison.Ordinal) ? Password : null;

    public ushort Open(string username) => Port;

    public TurnStep Say(byte[] frame, out byte[] response)
    {
        TurnStep step = Session.Handle(frame, Now, _response);
        response = _response[..step.ResponseLength];
        return step;
    }

    public TurnStep Say(byte[] frame) => Say(frame, out _);

    /// <summary>Sends a signed request; its error code, 0 for a success.</summary>
    public int Ask(TurnWire request, string user = User, string password = Password, bool sha256 = false)
    {
        Say(request.Signed(user, password, "parley", "0123456789", sha256), out byte[] response);
        return TurnWire.Error(response);
    }

    public TurnBench Allocated()
    {
        Assert.Equal(0, Ask(new TurnWire(TurnWire.Allocate).Udp()));
        Assert.Equal(TurnState.Allocated, Session.State);
        return this;
    }

    public TurnBench Bound(ushort channel = 0x4001)
    {
        Assert.Equal(0, Ask(new TurnWire(TurnWire.ChannelBind).Number(channel).Peer(Own, Shard)));
        return this;
    }

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
