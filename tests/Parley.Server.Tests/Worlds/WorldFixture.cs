namespace Parley.Server.Tests.Worlds;

/// <summary>One world for the tests of a class that leave its nodes as they found them.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    private TestWorld? _world;

    internal TestWorld World => _world!;

    public async ValueTask InitializeAsync() => _world = await TestWorld.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
