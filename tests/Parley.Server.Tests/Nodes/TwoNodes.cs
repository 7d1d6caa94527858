namespace Parley.Server.Tests.Nodes;

/// <summary>Two nodes in two regions, for the tests of a class that leave them as they found them.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private NodeWorld? _world;
    private int _meetings;

    internal NodeWorld World => _world!;

    internal WorldNode Home => World["eu-fra"];

    internal WorldNode Away => World["us-sea"];

    /// <summary>A new meeting of the home node's.</summary>
    internal string Meeting() => $"eu-fra-{++_meetings:D20}";

    public async ValueTask InitializeAsync()
    {
        _world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await _world.MeetAsync();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
