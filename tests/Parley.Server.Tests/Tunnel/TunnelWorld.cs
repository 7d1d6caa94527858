using Parley.Server.Nodes;
using Parley.Server.Tests.Nodes;
using Parley.Server.Tunnel;

namespace Parley.Server.Tests.Tunnel;

/// <summary>Two nodes with real shards, for the tests of a class that leave them as they found them.</summary>
public sealed class TunnelWorld : IAsyncLifetime
{
    private NodeWorld? _world;
    private int _meetings;

    internal WorldNode Home => _world!["eu-fra"];

    internal WorldNode Away => _world!["us-sea"];

    internal Uri Door => Home.Running.Address;

    /// <summary>A new meeting of the home node's.</summary>
    internal string Meeting() => $"eu-fra-{Interlocked.Increment(ref _meetings):D20}";

    /// <summary>A meeting's room at the home node, granted for 30 s.</summary>
    internal Task<IMediaRoom> OpenAsync(string meeting) => Home.OpenAsync(meeting, Home);

    /// <summary>What the home node refused for a reason.</summary>
    internal long Refused(string reason) => Home.Get<TunnelCounters>().Refusals.GetValueOrDefault(reason);

    /// <summary>Waits until the home node has refused one more for a reason.</summary>
    internal Task RefusedAsync(string reason, long before) => Until.TrueAsync(() => Refused(reason) > before);

    public async ValueTask InitializeAsync()
    {
        _world = await NodeWorld.StartAsync(["eu-fra", "us-sea"], realMedia: true);
        await _world.MeetAsync();
    }

    public ValueTask DisposeAsync() => _world!.DisposeAsync();
}
