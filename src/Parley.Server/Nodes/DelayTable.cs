using System.Collections.Concurrent;

namespace Parley.Server.Nodes;

/// <summary>Round trips between nodes: those that this one measures, and those that others told. Safe from any thread.</summary>
internal sealed class DelayTable
{
    private readonly ConcurrentDictionary<string, double> _own = new();
    private readonly ConcurrentDictionary<string, MeasuredDelay[]> _told = new();

    /// <summary>What this node measures now, by node, in ms.</summary>
    public IReadOnlyDictionary<string, double> Own => _own;

    /// <summary>All that is known.</summary>
    public IReadOnlyList<MeasuredDelay> All(string self) => [.. _own.Select(entry => new MeasuredDelay(self, entry.Key, entry.Value)), .. _told.Values.SelectMany(static told => told)];

    /// <summary>This node has measured.</summary>
    public void Measured(string node, double roundTrip) => _own[node] = roundTrip;

    /// <summary>Another node has told what it measures.</summary>
    public void Told(string node, MeasuredDelay[] delays) => _told[node] = delays;

    /// <summary>A node is gone: what it told and what was measured to it no longer counts.</summary>
    public void Forget(string node)
    {
        _own.TryRemove(node, out _);
        _told.TryRemove(node, out _);
    }
}
