using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;

namespace Parley.Simulation.Worlds;

/// <summary>One shard of a world, with the world's room open on it.</summary>
public sealed class WorldNode
{
    private readonly List<ShardEvent> _events = [];
    private WorldSink _sink;

    /// <summary>Makes a shard.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="number">Its number; the first is 0.</param>
    /// <param name="pool">Its packet buffers, all free.</param>
    public WorldNode(World world, int number, PacketPool pool)
    {
        Number = number;
        Pool = pool;
        Address = TransportAddress.FromBytes([10, 0, (byte)number, 1], 40_000);
        Core = new ShardCore(new ShardSettings(), pool, Dtls, world.Entropy.Fork(), () => IsWoken = true);
        _sink = new WorldSink(world, this);
    }

    /// <summary>Its number; the first is 0.</summary>
    public int Number { get; }

    /// <summary>Where it listens.</summary>
    public TransportAddress Address { get; }

    /// <summary>Its handshakes.</summary>
    public FakeDtlsFactory Dtls { get; } = new();

    /// <summary>Its packet buffers.</summary>
    public PacketPool Pool { get; }

    /// <summary>The shard.</summary>
    public ShardCore Core { get; }

    /// <summary>What the control plane was told, oldest first.</summary>
    public IReadOnlyList<ShardEvent> Events => _events;

    /// <summary>When it wants to be called.</summary>
    public MonotonicTime NextDeadline(MonotonicTime now) => IsWoken ? now : Core.NextDeadline;

    internal bool IsWoken { get; private set; }

    internal void Command(ShardCommand command, MonotonicTime now) => Core.HandleCommand(command, now, ref _sink);

    internal void HandleTimeout(MonotonicTime now)
    {
        IsWoken = false;
        Core.HandleTimeout(now, ref _sink);
        if (Core.NextDeadline <= now)
            throw new InvalidOperationException($"The deadline {Core.NextDeadline} of shard {Number} did not move beyond {now}.");
    }

    internal bool TryHandle(ReadOnlySpan<byte> datagram, in TransportAddress source, MonotonicTime now)
    {
        int slot = Pool.TryRent();
        if (slot < 0)
            return false;
        datagram.CopyTo(Pool.Bytes(slot));
        Core.HandleDatagram(new DatagramMeta(source, now), slot, datagram.Length, ref _sink);
        Pool.Release(slot);
        return true;
    }

    internal bool TryTakeEvent(out ShardEvent shardEvent)
    {
        if (!Core.TryTakeEvent(out shardEvent))
            return false;
        _events.Add(shardEvent);
        return true;
    }
}
