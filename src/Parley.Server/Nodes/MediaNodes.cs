using Parley.Routing.Directory;
using Parley.Server.Directory;

namespace Parley.Server.Nodes;

/// <summary>The media nodes of the directory, kept in step with it.</summary>
internal sealed class MediaNodes : IMediaNodes, IHostedService, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Watchers<NodesChange> _watchers = new();
    private readonly NodeDirectory _directory;
    private readonly LocalLink _own;
    private readonly PeerClients _peers;
    private readonly DelayTable _delays;
    private readonly TimeProvider _time;
    private readonly ILogger<MediaNodes> _log;
    private volatile Dictionary<string, RemoteLink> _others = [];
    private bool _isOver;

    /// <summary>Makes the list; it is followed from the start of the service on.</summary>
    public MediaNodes(NodeDirectory directory, LocalLink own, PeerClients peers, DelayTable delays, TimeProvider time, ILogger<MediaNodes> log)
    {
        _directory = directory;
        _own = own;
        _peers = peers;
        _delays = delays;
        _time = time;
        _log = log;
    }

    /// <inheritdoc />
    public string Own => _directory.Self.Id;

    /// <inheritdoc />
    public IReadOnlyList<IMediaNodeLink> All => IsMedia(_directory.Self) ? [_own, .. _others.Values] : [.. _others.Values];

    /// <inheritdoc />
    public IReadOnlyList<MeasuredDelay> Delays => _delays.All(Own);

    /// <inheritdoc />
    public IMediaNodeLink? Find(string node) => node == Own && IsMedia(_directory.Self) ? _own : _others.GetValueOrDefault(node);

    /// <inheritdoc />
    public IDisposable Watch(Action<NodesChange> changed) => _watchers.Add(changed);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _directory.Changed += Follow;
        Follow();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => EndAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await EndAsync();

    private static bool IsMedia(Node node) => node.Roles.Contains(Node.MediaRole);

    private void Follow()
    {
        List<RemoteLink> gone = [];
        lock (_gate)
        {
            if (_isOver)
                return;
            RegionDirectory directory = _directory.Current;
            Dictionary<string, RemoteLink> next = [];
            foreach (Node node in directory.Nodes.Where(node => node.Id != Own && IsMedia(node) && !directory.Revoked.Contains(node.Key)))
                next[node.Id] = _others.TryGetValue(node.Id, out RemoteLink? known) && IsSame(known.Entry, node) ? known : Open(node);
            gone.AddRange(_others.Values.Where(link => !next.ContainsValue(link)));
            _others = next;
        }

        foreach (RemoteLink link in gone)
            _ = link.DisposeAsync().AsTask();
        _watchers.Tell(new NodesChange(null, IsAlive: false));
    }

    private static bool IsSame(Node one, Node other) => one.Key == other.Key && one.Region == other.Region && one.Control == other.Control;

    private RemoteLink Open(Node node) => new(node, _peers, new PeerPinger(node.Id, _directory, _peers, _delays, _time, _log), _time, _watchers.Tell);

    private async Task EndAsync()
    {
        Dictionary<string, RemoteLink> others;
        lock (_gate)
        {
            _isOver = true;
            others = _others;
            _others = [];
        }

        _directory.Changed -= Follow;
        await Task.WhenAll(others.Values.Select(static link => link.DisposeAsync().AsTask()));
    }
}
