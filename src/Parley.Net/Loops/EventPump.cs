using System.Threading.Channels;
using Parley.Sfu.Rooms;

namespace Parley.Net.Loops;

/// <summary>
/// Carries events from the engine to a bounded channel without ever waiting for its reader. Statistics are dropped when three quarters are full; when all is full the
/// event at hand is held and the others stay in the engine's own bounded ring, so nothing else is lost here.
/// </summary>
internal sealed class EventPump(int capacity, LoopCounters counters)
{
    private readonly Channel<ShardEvent> _channel = Channel.CreateBounded<ShardEvent>(
        new BoundedChannelOptions(capacity) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly int _statisticsLimit = capacity - (capacity / 4);
    private ShardEvent? _held;

    /// <summary>Where the control plane reads.</summary>
    public ChannelReader<ShardEvent> Reader => _channel.Reader;

    /// <summary>Whether the channel was full and an event waits for room.</summary>
    public bool IsHolding => _held is not null;

    /// <summary>Moves what the engine has.</summary>
    public void Run<TEngine>(ref TEngine engine)
        where TEngine : IShardEngine
    {
        while (_held is not null || engine.TryTakeEvent(out _held))
        {
            if (_held is StatisticsReported && _channel.Reader.Count >= _statisticsLimit)
                counters.StatisticsDropped++;
            else if (!_channel.Writer.TryWrite(_held))
                return;
            _held = null;
        }
    }

    /// <summary>Ends the channel after what is in it.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
