namespace Parley.Net.Tests.Kit;

/// <summary>Sends each datagram to every destination, datagram by datagram as a room does.</summary>
internal sealed class FanOutEngine(PacketPool pool, TransportAddress[] destinations) : IShardEngine
{
    public MonotonicTime NextDeadline => MonotonicTime.Never;

    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        ReadOnlySpan<byte> datagram = pool.Bytes(slot)[..length];
        for (int i = 0; i < destinations.Length; i++)
        {
            Span<byte> room = sink.Reserve(length);
            if (room.IsEmpty)
                continue;
            datagram.CopyTo(room);
            sink.Commit(in destinations[i], length);
        }
    }

    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
    }

    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
    }

    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
    }

    public bool TryTakeEvent(out ShardEvent shardEvent)
    {
        shardEvent = null!;
        return false;
    }
}
