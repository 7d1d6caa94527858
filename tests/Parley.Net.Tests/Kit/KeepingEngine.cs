namespace Parley.Net.Tests.Kit;

/// <summary>Keeps every packet buffer until a command comes, then gives all back and echoes.</summary>
internal sealed class KeepingEngine(PacketPool pool) : IShardEngine
{
    private readonly List<int> _kept = [];
    private bool _echoes;

    public MonotonicTime NextDeadline => MonotonicTime.Never;

    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_echoes)
        {
            pool.Keep(slot);
            _kept.Add(slot);
            return;
        }

        pool.Bytes(slot)[..length].CopyTo(sink.Reserve(length));
        TransportAddress source = meta.Source;
        sink.Commit(in source, length);
    }

    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
    }

    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _kept.ForEach(pool.Release);
        _kept.Clear();
        _echoes = true;
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
