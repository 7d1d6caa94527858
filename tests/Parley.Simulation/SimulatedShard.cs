using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;

namespace Parley.Simulation;

/// <summary>A shard under virtual time with peers attached by their addresses. Nothing happens by itself: datagrams and time move when they are told to.</summary>
public sealed class SimulatedShard
{
    private readonly Dictionary<TransportAddress, SimulatedPeer> _peers = [];
    private readonly List<WireDatagram> _unclaimed = [];
    private WireSink _sink;

    /// <summary>Makes an empty shard.</summary>
    public SimulatedShard(ulong seed = 1, ShardSettings? settings = null, int poolCapacity = 8192)
    {
        Entropy = new SeededEntropy(seed);
        Pool = new PacketPool(poolCapacity);
        Core = new ShardCore(settings ?? new ShardSettings(), Pool, Dtls, Entropy, () => Wakes++);
        _sink = new WireSink(Wire);
    }

    /// <summary>The shard.</summary>
    public ShardCore Core { get; }

    /// <summary>Its packet buffers.</summary>
    public PacketPool Pool { get; }

    /// <summary>Its randomness.</summary>
    public SeededEntropy Entropy { get; }

    /// <summary>Its DTLS.</summary>
    public FakeDtlsFactory Dtls { get; } = new();

    /// <summary>What it has sent.</summary>
    public Wire Wire { get; } = new();

    /// <summary>The present.</summary>
    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1000);

    /// <summary>How often it wanted to be woken.</summary>
    public int Wakes { get; private set; }

    /// <summary>All events taken so far.</summary>
    public List<ShardEvent> Events { get; } = [];

    /// <summary>How often something was dropped for a reason.</summary>
    public long Drops(DropReason reason) => Core.Drops[reason];

    /// <summary>Attaches a peer at its address.</summary>
    public void Attach(SimulatedPeer peer) => _peers[peer.Address] = peer;

    /// <summary>Detaches whoever has an address.</summary>
    public void Detach(TransportAddress address) => _peers.Remove(address);

    /// <summary>Carries out a command.</summary>
    public void Command(ShardCommand command)
    {
        Core.HandleCommand(command, Now, ref _sink);
        Collect();
    }

    /// <summary>Gives the shard a datagram as received from an address.</summary>
    public void Deliver(TransportAddress source, ReadOnlySpan<byte> datagram)
    {
        int slot = Pool.TryRent();
        if (slot < 0)
            throw new InvalidOperationException("The pool is empty.");
        datagram.CopyTo(Pool.Bytes(slot));
        Core.HandleDatagram(new DatagramMeta(source, Now), slot, datagram.Length, ref _sink);
        Pool.Release(slot);
        Collect();
    }

    /// <summary>Gives the shard datagrams that were received together.</summary>
    public void DeliverTogether(IEnumerable<(TransportAddress Source, byte[] Datagram)> datagrams)
    {
        foreach ((TransportAddress source, byte[] datagram) in datagrams)
        {
            int slot = Pool.TryRent();
            datagram.CopyTo(Pool.Bytes(slot));
            Core.TakeDatagram(new DatagramMeta(source, Now), slot, datagram.Length, ref _sink);
            Pool.Release(slot);
        }

        Core.EndBatch(ref _sink);
        Collect();
    }

    /// <summary>Gives what the shard sent to the peers that have the destinations; what nobody has stays for <see cref="TakeSent"/>.</summary>
    public void Pump()
    {
        while (Wire.Datagrams.TryDequeue(out WireDatagram datagram))
        {
            if (!_peers.ContainsKey(datagram.Destination))
                _unclaimed.Add(datagram);
            if (_peers.TryGetValue(datagram.Destination, out SimulatedPeer? peer))
                peer.Receive(datagram.Bytes);
        }
    }

    /// <summary>Takes what the shard sent to an address that no peer has.</summary>
    public IReadOnlyList<WireDatagram> TakeSent(TransportAddress destination)
    {
        Pump();
        WireDatagram[] taken = [.. _unclaimed.Where(datagram => datagram.Destination == destination)];
        _unclaimed.Clear();
        return taken;
    }

    /// <summary>Lets time pass, calling the shard at each of its deadlines.</summary>
    public void Advance(TimeSpan duration)
    {
        MonotonicTime end = Now + duration;
        while (Core.NextDeadline <= end)
        {
            if (Core.NextDeadline > Now)
                Now = Core.NextDeadline;
            Core.HandleTimeout(Now, ref _sink);
            if (Core.NextDeadline <= Now)
                throw new InvalidOperationException("A deadline did not move on.");
            Collect();
            Pump();
        }

        Now = end;
    }

    /// <summary>Calls the shard as after a wake-up.</summary>
    public void Poll()
    {
        Core.HandleTimeout(Now, ref _sink);
        Collect();
    }

    /// <summary>The events of a kind, oldest first.</summary>
    public IReadOnlyList<T> EventsOf<T>()
        where T : ShardEvent => [.. Events.OfType<T>()];

    private void Collect()
    {
        while (Core.TryTakeEvent(out ShardEvent? shardEvent))
            Events.Add(shardEvent);
    }
}
