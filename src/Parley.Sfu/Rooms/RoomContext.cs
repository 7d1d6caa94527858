using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Timing;

namespace Parley.Sfu.Rooms;

/// <summary>What the rooms of one shard share.</summary>
public sealed class RoomContext
{
    // Peers use only differences of our NTP times, so any fixed start serves: 2026-01-01, which no stack takes for "not set".
    private const long StartSeconds = 3_976_214_400;

    /// <summary>Makes the shared parts of a shard.</summary>
    public RoomContext(PacketPool pool, IEntropy entropy, int eventCapacity)
    {
        Pool = pool;
        Entropy = entropy;
        Events = new EventRing(eventCapacity, Traffic.Drops);
        Slots = new SlotContext(pool, Traffic, entropy);
    }

    /// <summary>The packet buffers.</summary>
    public PacketPool Pool { get; }

    /// <summary>Unpredictable bytes.</summary>
    public IEntropy Entropy { get; }

    /// <summary>What passed and what was dropped.</summary>
    public ShardTraffic Traffic { get; } = new();

    /// <summary>The drops by reason.</summary>
    public DropCounters Drops => Traffic.Drops;

    /// <summary>What the slots share.</summary>
    public SlotContext Slots { get; }

    /// <summary>What the control plane is told.</summary>
    public EventRing Events { get; }

    /// <summary>When transports want to be called.</summary>
    public DeadlineHeap<Connection> ConnectionDeadlines { get; } = new();

    /// <summary>When rooms want to be called.</summary>
    public DeadlineHeap<Room> RoomDeadlines { get; } = new();

    /// <summary>Our NTP time, for sender reports and round trips.</summary>
    public NtpClock Clock { get; } = new(StartSeconds * TimeSpan.TicksPerSecond);
}
