using Parley.Server.Nodes;

namespace Parley.Server.Tests.Worlds;

/// <summary>This node's own media as it is, and other nodes that a test plays.</summary>
internal sealed class FakeNodes(LocalLink own) : IMediaNodes
{
    private readonly List<FakeLink> _links = [];
    private readonly List<Action<NodesChange>> _watchers = [];

    public string Own => own.Node;

    public IReadOnlyList<IMediaNodeLink> All => [own, .. _links];

    public IReadOnlyList<MeasuredDelay> Delays { get; set; } = [];

    public void Add(FakeLink link) => _links.Add(link);

    public IMediaNodeLink? Find(string node) => All.FirstOrDefault(link => link.Node == node);

    public IDisposable Watch(Action<NodesChange> changed)
    {
        lock (_watchers)
            _watchers.Add(changed);
        return new CancellationTokenSource();
    }

    public void Tell(NodesChange change)
    {
        Action<NodesChange>[] watchers;
        lock (_watchers)
            watchers = [.. _watchers];
        foreach (Action<NodesChange> watcher in watchers)
            watcher(change);
    }
}
