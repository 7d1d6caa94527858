namespace Parley.Net.Tests.Kit;

/// <summary>An engine whose parts a test scripts: what commands, deadlines and datagrams do, and which events come.</summary>
internal sealed class ScriptedEngine : IShardEngine
{
    private readonly Queue<ShardEvent> _events = new();
    private long _deadline = long.MaxValue;

    public Action? OnDatagram { get; set; }

    public Action<ScriptedEngine, ShardCommand>? OnCommand { get; set; }

    public Func<MonotonicTime, MonotonicTime>? OnTimeout { get; set; }

    public MonotonicTime NextDeadline
    {
        get => new(_deadline);
        set => _deadline = value.Ticks;
    }

    public void Tell(ShardEvent shardEvent) => _events.Enqueue(shardEvent);

    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink => OnDatagram?.Invoke();

    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
    }

    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => OnCommand?.Invoke(this, command);

    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (OnTimeout is not null)
            NextDeadline = OnTimeout(now);
    }

    public bool TryTakeEvent(out ShardEvent shardEvent) => _events.TryDequeue(out shardEvent!);
}
