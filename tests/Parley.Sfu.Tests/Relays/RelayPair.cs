using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Relays;

/// <summary>Two shards on one wire with a relay link between them and a meeting on each.</summary>
internal sealed class RelayPair
{
    public static readonly RelayLinkId Link = new(5);

    private readonly byte[] _firstPrint = Enumerable.Repeat((byte)1, 32).ToArray();
    private readonly byte[] _secondPrint = Enumerable.Repeat((byte)2, 32).ToArray();

    public RelayPair(bool connects = true)
    {
        First = new TestMeeting();
        Second = new TestMeeting(room: 2);
        FakeDtlsFactory.Pair(First.Shard.Dtls, _secondPrint, Second.Shard.Dtls, _firstPrint, new SeededEntropy(3));
        First.Shard.Command(Open(initiator: true));
        Second.Shard.Command(Open(initiator: false));
        if (connects)
            Run(TimeSpan.FromMilliseconds(500));
    }

    public static TransportAddress FirstAddress { get; } = TransportAddress.FromBytes([10, 9, 0, 1], 40_000);

    public static TransportAddress SecondAddress { get; } = TransportAddress.FromBytes([10, 9, 0, 2], 40_000);

    public TestMeeting First { get; }

    public TestMeeting Second { get; }

    /// <summary>Whether the second shard's datagrams are lost.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The second shard's last datagrams to the first, as they were sent.</summary>
    public List<byte[]> Crossed { get; } = [];

    public OpenRelayLink Open(bool initiator, long link = 5, string? ufrag = null) => new()
    {
        Link = new RelayLinkId(link),
        Initiator = initiator,
        LocalUfrag = ufrag ?? (initiator ? "one" : "two"),
        LocalPassword = initiator ? "first password, long enough" : "second password, long enough",
        RemoteUfrag = initiator ? "two" : "one",
        RemotePassword = initiator ? "second password, long enough" : "first password, long enough",
        RemoteAddresses = initiator ? [SecondAddress] : [],
        RemoteFingerprint = initiator ? _secondPrint : _firstPrint,
    };

    public RelayPair Join(uint row = 1)
    {
        First.Shard.Command(new JoinRelay(First.Room, Link, row));
        Second.Shard.Command(new JoinRelay(Second.Room, Link, row));
        Run(TimeSpan.FromMilliseconds(300));
        return this;
    }

    /// <summary>Lets time pass on both, in steps of a millisecond.</summary>
    public void Run(TimeSpan duration)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < duration; passed += TimeSpan.FromMilliseconds(1))
        {
            Exchange();
            First.Shard.Advance(TimeSpan.FromMilliseconds(1));
            Second.Shard.Advance(TimeSpan.FromMilliseconds(1));
        }

        Exchange();
    }

    public RelayStatistics Count(TestMeeting meeting)
    {
        meeting.Shard.Command(new ReportStatistics());
        return meeting.Shard.EventsOf<StatisticsReported>()[^1].Statistics.Relays.Single();
    }

    private void Exchange()
    {
        First.Shard.Poll();
        Second.Shard.Poll();
        bool isMoved = true;
        while (isMoved)
            isMoved = Move(First, FirstAddress, Second, SecondAddress) | Move(Second, SecondAddress, First, FirstAddress);
    }

    private bool Move(TestMeeting from, TransportAddress source, TestMeeting to, TransportAddress destination)
    {
        bool isMoved = false;
        foreach (WireDatagram datagram in from.Shard.TakeSent(destination))
        {
            isMoved = true;
            if (from == Second)
                Crossed.Add(datagram.Bytes);
            if (!IsDeaf)
                to.Shard.Deliver(source, datagram.Bytes);
        }

        return isMoved;
    }
}
