using System.Collections.Concurrent;

namespace Parley.Sfu.Transports;

/// <summary>
/// Which associations have something to do, told from any thread to the one that owns the shard. A raised association is listed once until the shard takes it.
/// </summary>
/// <typeparam name="T">The owner of an association.</typeparam>
public sealed class DtlsActivity<T>
    where T : class
{
    private readonly ConcurrentQueue<Signal> _raised = new();
    private readonly Action _wake;

    /// <summary>Makes an empty list.</summary>
    /// <param name="wake">Wakes the shard from any thread.</param>
    public DtlsActivity(Action wake) => _wake = wake;

    /// <summary>Whether something waits to be taken.</summary>
    public bool IsEmpty => _raised.IsEmpty;

    /// <summary>A callback, for any thread, that lists <paramref name="owner"/>.</summary>
    public Action For(T owner) => new Signal(this, owner).Raise;

    /// <summary>Takes the next owner; null when there is none.</summary>
    public T? TryTake()
    {
        if (!_raised.TryDequeue(out Signal? signal))
            return null;
        signal.Lower();
        return signal.Owner;
    }

    private sealed class Signal(DtlsActivity<T> list, T owner)
    {
        private int _isRaised;

        public T Owner => owner;

        public void Raise()
        {
            if (Interlocked.Exchange(ref _isRaised, 1) != 0)
                return;
            list._raised.Enqueue(this);
            list._wake();
        }

        public void Lower() => Volatile.Write(ref _isRaised, 0);
    }
}
