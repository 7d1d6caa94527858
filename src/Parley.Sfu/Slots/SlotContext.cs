using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>What the slots of one shard share.</summary>
public sealed class SlotContext
{
    /// <summary>Makes the shared parts of a shard's slots.</summary>
    public SlotContext(PacketPool pool, ShardTraffic traffic, IEntropy entropy)
    {
        Pool = pool;
        Traffic = traffic;
        Entropy = entropy;
        Repeated = new ReceivedPacket(pool);
    }

    /// <summary>The packet buffers.</summary>
    public PacketPool Pool { get; }

    /// <summary>What passed and what was dropped.</summary>
    public ShardTraffic Traffic { get; }

    /// <summary>Unpredictable bytes.</summary>
    public IEntropy Entropy { get; }

    /// <summary>A cached packet while it is sent again.</summary>
    public ReceivedPacket Repeated { get; }
}
