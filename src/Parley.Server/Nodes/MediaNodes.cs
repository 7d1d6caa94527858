using Parley.Server.Directory;

namespace Parley.Server.Nodes;

/// <summary>The media nodes of the directory.</summary>
internal sealed class MediaNodes : IMediaNodes, IDisposable
{
    private readonly Watchers<NodesChange> _watchers = new();
    private readonly NodeDirectory _directory;
    private readonly LocalLink _own;

    /// <summary>Begins to follow the directory.</summary>
    public MediaNodes(NodeDirectory directory, LocalLink own)
    {
        _directory = directory;
        _own = own;
        directory.Changed += OnDirectory;
    }

    /// <inheritdoc />
    public string Own => _directory.Self.Id;

    /// <inheritdoc />
    public IReadOnlyList<IMediaNodeLink> All => [_own];

    /// <inheritdoc />
    public IReadOnlyList<MeasuredDelay> Delays => [];

    /// <inheritdoc />
    public IMediaNodeLink? Find(string node) => node == Own ? _own : null;

    /// <inheritdoc />
    public IDisposable Watch(Action<NodesChange> changed) => _watchers.Add(changed);

    /// <inheritdoc />
    public void Dispose() => _directory.Changed -= OnDirectory;

    private void OnDirectory() => _watchers.Tell(new NodesChange(null, IsAlive: false));
}
