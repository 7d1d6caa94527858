using BenchmarkDotNet.Attributes;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Benchmarks.Sfu;

/// <summary>
/// One packet of about 1,070 bytes through one shard: from a publisher to a subscriber, from a publisher to another shard, and from another shard to a subscriber. A relay hop may cost
/// no more than a subscriber. System calls are in none.
/// </summary>
public class RelayHopBenchmarks
{
    private const int SlabBytes = 1_024 * 1_536;
    private const int Packets = 1_000;
    private const int WarmUps = 40;
    private const int PayloadLength = 1_042;

    private static readonly RoomId Room = new(1);
    private static readonly RelayLinkId Link = new(1);
    private static readonly TransportAddress FirstAddress = TransportAddress.FromBytes([10, 9, 0, 1], 40_000);
    private static readonly TransportAddress SecondAddress = TransportAddress.FromBytes([10, 9, 0, 2], 40_000);

    private readonly byte[] _firstPrint = Enumerable.Repeat((byte)1, 32).ToArray();
    private readonly byte[] _secondPrint = Enumerable.Repeat((byte)2, 32).ToArray();
    private readonly List<byte[]> _crossed = [];
    private readonly byte[][] _packets = new byte[Packets][];
    private SimulatedShard _first = null!;
    private SimulatedShard _second = null!;
    private SimulatedShard _alone = null!;
    private SimulatedPeer _publisher = null!;
    private SimulatedPeer _alonePublisher = null!;
    private Vp8Source _camera = null!;
    private Vp8Source _aloneCamera = null!;
    private SlabSink _sink;
    private byte[] _slab = null!;
    private MonotonicTime _now;

    [GlobalSetup]
    public void Prepare()
    {
        _slab = new byte[SlabBytes];
        _sink = new SlabSink(_slab);
        (_first, _second, _alone) = (new SimulatedShard(), new SimulatedShard(seed: 2), new SimulatedShard());
        foreach (SimulatedShard shard in new[] { _first, _second, _alone })
            shard.Command(new OpenRoom(Room));
        (_publisher, _camera) = Publish(_first);
        (_alonePublisher, _aloneCamera) = Publish(_alone);
        View(_second);
        View(_alone);
        FakeDtlsFactory.Pair(_first.Dtls, _secondPrint, _second.Dtls, _firstPrint, new SeededEntropy(3));
        _first.Command(Open(initiator: true));
        _second.Command(Open(initiator: false));
        _first.Command(new JoinRelay(Room, Link, 1));
        _second.Command(new JoinRelay(Room, Link, 1));
        for (int i = 0; i < 1_500; i++)
        {
            if (i % 300 == 299)
                _camera.Send(isKeyFrame: true);
            Exchange();
            _first.Advance(TimeSpan.FromMilliseconds(1));
            _second.Advance(TimeSpan.FromMilliseconds(1));
        }

        _aloneCamera.Send(isKeyFrame: true);
        _now = _first.Now > _second.Now ? _first.Now : _second.Now;
        for (int i = 0; i < WarmUps; i++)
        {
            ProtectAlone();
            ToSubscriber();
            ProtectFirst();
            ToShard();
            Cross();
            FromShard();
        }
    }

    [IterationSetup(Target = nameof(ToSubscriber))]
    public void ProtectAlone() => Protect(_aloneCamera, _alonePublisher);

    /// <summary>The other shard's reports are fetched, too: without them it would be forgotten.</summary>
    [IterationSetup(Target = nameof(ToShard))]
    public void ProtectFirst()
    {
        KeepUp();
        Protect(_camera, _publisher);
    }

    /// <summary>The packets as the first shard sends them to the second.</summary>
    [IterationSetup(Target = nameof(FromShard))]
    public void Cross()
    {
        KeepUp();
        Protect(_camera, _publisher);
        _crossed.Clear();
        var sink = new CrossingSink(_slab, _crossed);
        foreach (byte[] packet in _packets)
            Deliver(_first, _publisher.Address, packet, ref sink);
    }

    /// <summary>From a publisher to a subscriber.</summary>
    [Benchmark(OperationsPerInvoke = Packets, Baseline = true)]
    public long ToSubscriber() => Run(_alone, _alonePublisher.Address, _packets);

    /// <summary>From a publisher to another shard.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public long ToShard() => Run(_first, _publisher.Address, _packets);

    /// <summary>From another shard to a subscriber.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public long FromShard() => Run(_second, FirstAddress, _crossed);

    private static (SimulatedPeer Peer, Vp8Source Camera) Publish(SimulatedShard shard)
    {
        var media = new SessionBuilder(shard.Entropy);
        string video = media.PublishVideo();
        SimulatedPeer peer = new SimulatedPeer(shard, Room, 1, "publisher", media).Connect();
        return (peer, new Vp8Source(peer, video, 77));
    }

    private static void View(SimulatedShard shard) => new SimulatedPeer(shard, Room, 2, "viewer", new SessionBuilder(shard.Entropy).VideoSlots(1)).Connect();

    private OpenRelayLink Open(bool initiator) => new()
    {
        Link = Link,
        Initiator = initiator,
        LocalUfrag = initiator ? "one" : "two",
        LocalPassword = initiator ? "first password, long enough" : "second password, long enough",
        RemoteUfrag = initiator ? "two" : "one",
        RemotePassword = initiator ? "second password, long enough" : "first password, long enough",
        RemoteAddresses = initiator ? [SecondAddress] : [],
        RemoteFingerprint = initiator ? _secondPrint : _firstPrint,
    };

    private void Exchange()
    {
        _first.Poll();
        _second.Poll();
        bool isMoved = true;
        while (isMoved)
            isMoved = Move(_first, FirstAddress, _second, SecondAddress) | Move(_second, SecondAddress, _first, FirstAddress);
    }

    private static bool Move(SimulatedShard from, TransportAddress source, SimulatedShard to, TransportAddress destination)
    {
        IReadOnlyList<WireDatagram> sent = from.TakeSent(destination);
        foreach (WireDatagram datagram in sent)
            to.Deliver(source, datagram.Bytes);
        return sent.Count > 0;
    }

    // Between the runs both shards hear of each other.
    private void KeepUp()
    {
        foreach (SimulatedShard shard in new[] { _first, _second })
        {
            if (_now > shard.Now)
                shard.Advance(_now - shard.Now);
        }

        Exchange();
    }

    private void Protect(Vp8Source camera, SimulatedPeer publisher)
    {
        for (int i = 0; i < Packets; i++)
        {
            OutgoingRtp packet = camera.Next();
            byte[] payload = new byte[PayloadLength];
            packet.Payload.CopyTo(payload, 0);
            _packets[i] = publisher.Protect(packet with { Payload = payload });
        }
    }

    private long Run(SimulatedShard shard, TransportAddress source, IReadOnlyList<byte[]> packets)
    {
        long before = _sink.Datagrams;
        for (int i = 0; i < packets.Count; i++)
            Deliver(shard, source, packets[i], ref _sink);
        long sent = _sink.Datagrams - before;
        return sent >= Packets ? sent : throw new InvalidOperationException($"{sent} packets were forwarded.");
    }

    private void Deliver<TSink>(SimulatedShard shard, TransportAddress source, byte[] packet, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _now += TimeSpan.FromTicks(300);
        int slot = shard.Pool.TryRent();
        packet.CopyTo(shard.Pool.Bytes(slot));
        shard.Core.HandleDatagram(new DatagramMeta(source, _now), slot, packet.Length, ref sink);
        shard.Pool.Release(slot);
    }

    /// <summary>Keeps the media for the other shard.</summary>
    private readonly struct CrossingSink(byte[] room, List<byte[]> crossed) : IDatagramSink
    {
        public Span<byte> Reserve(int length) => room.AsSpan(0, length);

        public void Commit(in TransportAddress destination, int length)
        {
            if (destination == SecondAddress && PacketDemultiplexer.Classify(room.AsSpan(0, length)) == PacketKind.Rtp)
                crossed.Add(room[..length]);
        }

        public void Pace()
        {
        }
    }
}
