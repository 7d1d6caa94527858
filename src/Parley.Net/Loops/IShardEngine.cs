using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Net.Loops;

/// <summary>What a loop drives: the shard's core behind a struct, so that calls are direct; an echo or a fan-out in tests of the loop itself.</summary>
internal interface IShardEngine
{
    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest.</summary>
    MonotonicTime NextDeadline { get; }

    /// <summary>Takes a received datagram in a pool slot; what it brings may wait until <see cref="EndBatch"/>.</summary>
    void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink;

    /// <summary>Ends a row of datagrams that were received together.</summary>
    void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink;

    /// <summary>Carries out a command.</summary>
    void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink;

    /// <summary>Does what is due.</summary>
    void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink;

    /// <summary>Takes the next event.</summary>
    bool TryTakeEvent(out ShardEvent shardEvent);
}
