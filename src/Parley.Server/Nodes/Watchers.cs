using System.Collections.Concurrent;

namespace Parley.Server.Nodes;

/// <summary>Callbacks that come and go. Safe from any thread.</summary>
internal sealed class Watchers<T>
{
    private readonly ConcurrentDictionary<Watcher, Action<T>> _all = new();

    /// <summary>Adds a callback, which must not throw; disposing takes it out.</summary>
    public IDisposable Add(Action<T> callback)
    {
        Watcher watcher = new(this);
        _all[watcher] = callback;
        return watcher;
    }

    /// <summary>Calls all of them.</summary>
    public void Tell(T news)
    {
        foreach (Action<T> callback in _all.Values)
            callback(news);
    }

    private sealed class Watcher(Watchers<T> owner) : IDisposable
    {
        public void Dispose() => owner._all.TryRemove(this, out _);
    }
}
