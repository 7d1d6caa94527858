using Grpc.Core;
using Parley.Routing.Directory;
using Parley.Routing.Grants;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Nodes;

/// <summary>The way to another node over its control endpoint.</summary>
internal sealed class RemoteLink : IMediaNodeLink, IAsyncDisposable
{
    private readonly PeerClients _peers;
    private readonly PeerPinger _pinger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _pinging;
    private CancellationTokenSource _life = new();

    /// <summary>Begins to ask whether the node lives; <paramref name="changed"/> is told when that changes.</summary>
    public RemoteLink(Node entry, PeerClients peers, PeerPinger pinger, TimeProvider time, Action<NodesChange> changed)
    {
        Entry = entry;
        _peers = peers;
        _pinger = pinger;
        _time = time;
        _pinging = pinger.RunAsync(isAlive => OnChange(isAlive, changed), _end.Token);
    }

    /// <summary>The node's entry in the directory.</summary>
    public Node Entry { get; }

    /// <inheritdoc />
    public string Node => Entry.Id;

    /// <inheritdoc />
    public string Region => Entry.Region;

    /// <inheritdoc />
    public bool IsAlive => _pinger.IsAlive;

    /// <inheritdoc />
    public string? Statement => _pinger.Statement;

    /// <inheritdoc />
    public string? Life => _pinger.Life;

    /// <inheritdoc />
    public NodeLoad Load => _pinger.Load;

    /// <inheritdoc />
    public Task<GrantRefusal?> GrantAsync(string grant, CancellationToken cancellation = default) =>
        CallAsync((client, deadline) => client.GrantAsync(new GrantCall { Grant = grant }, deadline: deadline, cancellationToken: cancellation), cancellation);

    /// <inheritdoc />
    public Task<GrantRefusal?> RevokeAsync(string revocation, CancellationToken cancellation = default) =>
        CallAsync((client, deadline) => client.RevokeAsync(new GrantCall { Grant = revocation }, deadline: deadline, cancellationToken: cancellation), cancellation);

    /// <inheritdoc />
    public async Task<IMediaRoom> OpenRoomAsync(string meeting, IReadOnlyCollection<string>? peers = null, CancellationToken cancellation = default)
    {
        NodeControl.NodeControlClient client = Client();
        if (!IsAlive)
            throw NodeRefusals.Unreachable(Node, "it is silent.");
        try
        {
            return await RemoteRoom.OpenAsync(Node, client, meeting, peers ?? [], Volatile.Read(ref _life).Token, cancellation);
        }
        catch (ObjectDisposedException)
        {
            // It died, or the directory dropped it, at this very moment.
            throw NodeRefusals.Unreachable(Node, "its connection was closed.");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pinging;
        await _life.CancelAsync();
        _life.Dispose();
        _end.Dispose();
    }

    private NodeControl.NodeControlClient Client() => _peers.Find(Node) ?? throw NodeRefusals.Unreachable(Node, "the directory no longer lists it, or no way to it.");

    private async Task<GrantRefusal?> CallAsync(Func<NodeControl.NodeControlClient, DateTime, AsyncUnaryCall<Verdict>> call, CancellationToken cancellation)
    {
        try
        {
            return WireNames.Read(await call(Client(), _time.GetUtcNow().UtcDateTime + IMediaNodeLink.Deadline));
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.Cancelled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Status.Detail, cancellation);
        }
        catch (Exception fault) when (fault is RpcException or ObjectDisposedException)
        {
            throw NodeRefusals.Unreachable(Node, fault is RpcException rpc ? rpc.Status.Detail : "its connection was closed.");
        }
    }

    private void OnChange(bool isAlive, Action<NodesChange> changed)
    {
        // Streams of a life that is over end at once: nobody waits for a silent node.
        if (!isAlive)
        {
            CancellationTokenSource before = Interlocked.Exchange(ref _life, new CancellationTokenSource());
            before.Cancel();
            before.Dispose();
        }

        changed(new NodesChange(Node, isAlive));
    }
}
