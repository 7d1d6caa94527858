namespace Parley.Net.Tests.Kit;

/// <summary>Sends each datagram back, and measures what its thread allocates between two of them.</summary>
internal sealed class EchoEngine(PacketPool pool, int measureFrom = int.MaxValue, int measureTo = int.MaxValue) : IShardEngine
{
    private long _allocatedBefore;
    private long _allocatedAfter;
    private int _handled;

    public int Handled => Volatile.Read(ref _handled);

    public long Allocated => Volatile.Read(ref _allocatedAfter) - _allocatedBefore;

    public MonotonicTime NextDeadline => MonotonicTime.Never;

    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> room = sink.Reserve(length);
        if (!room.IsEmpty)
        {
            pool.Bytes(slot)[..length].CopyTo(room);
            TransportAddress source = meta.Source;
            sink.Commit(in source, length);
        }

        int handled = _handled + 1;
        if (handled == measureFrom)
            _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        else if (handled == measureTo)
            Volatile.Write(ref _allocatedAfter, GC.GetAllocatedBytesForCurrentThread());

        // Last, since a test that sees it reads the figures.
        Volatile.Write(ref _handled, handled);
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
