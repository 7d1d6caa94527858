namespace Parley.Server.Tests.Hosting;

/// <summary>One node for the tests of a class that leave it as they found it.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private TestNode? _node;

    internal TestNode Node => _node!;

    public async ValueTask InitializeAsync() => _node = await TestNode.StartAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
