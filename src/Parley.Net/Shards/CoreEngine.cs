using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;

namespace Parley.Net.Shards;

/// <summary>The media server's core as a loop drives it.</summary>
internal readonly struct CoreEngine(ShardCore core) : IShardEngine
{
    /// <inheritdoc />
    public MonotonicTime NextDeadline => core.NextDeadline;

    /// <inheritdoc />
    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink => core.TakeDatagram(in meta, slot, length, ref sink);

    /// <inheritdoc />
    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink => core.EndBatch(ref sink);

    /// <inheritdoc />
    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => core.HandleCommand(command, now, ref sink);

    /// <inheritdoc />
    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => core.HandleTimeout(now, ref sink);

    /// <inheritdoc />
    public bool TryTakeEvent(out ShardEvent shardEvent) => core.TryTakeEvent(out shardEvent);
}
