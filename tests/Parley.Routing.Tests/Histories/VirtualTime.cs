namespace Parley.Routing.Tests.Histories;

/// <summary>Events in the order of their times.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    public long Now { get; private set; }

    /// <summary>Called after each event; false ends the run.</summary>
    public Func<bool>? After { get; set; }

    public void In(long milliseconds, Action action) => _events.Enqueue(action, (Now + milliseconds, _order++));

    public bool RunUntil(long end)
    {
        while (_events.TryPeek(out Action? action, out (long At, long Order) when) && when.At <= end)
        {
            _events.Dequeue();
            Now = when.At;
            action();
            if (After?.Invoke() == false)
                return false;
        }

        Now = end;
        return true;
    }
}
