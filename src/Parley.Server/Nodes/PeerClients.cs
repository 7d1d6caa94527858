using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using Grpc.Net.Client;
using Parley.Routing.Directory;
using Parley.Server.Directory;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Nodes;

/// <summary>Connections to the control endpoints of other nodes, made when first wanted and dropped when the directory no longer bears them out. Safe from any thread.</summary>
internal sealed class PeerClients : IDisposable
{
    /// <summary>The largest message between nodes: the largest offer and something.</summary>
    public const int LargestMessage = 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, PeerClient> _clients = new();
    private readonly NodeDirectory _directory;
    private readonly NodeIdentity _identity;

    /// <summary>Begins to follow the directory.</summary>
    public PeerClients(NodeDirectory directory, NodeIdentity identity)
    {
        _directory = directory;
        _identity = identity;
        directory.Changed += DropStale;
    }

    /// <summary>The way to call a node; null when the directory lists no such node, or no control endpoint of it.</summary>
    public NodeControl.NodeControlClient? Find(string node)
    {
        if (_directory.Current.FindNode(node) is not { Control: { Length: > 0 } control } entry)
            return null;
        PeerClient client = _clients.GetOrAdd(node, _ => Make(entry, control));
        if (client.Key == entry.Key && client.Control == control)
            return client.Calls;
        if (_clients.TryRemove(KeyValuePair.Create(node, client)))
            client.Channel.Dispose();
        return _clients.GetOrAdd(node, _ => Make(entry, control)).Calls;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _directory.Changed -= DropStale;
        foreach (PeerClient client in _clients.Values)
            client.Channel.Dispose();
        _clients.Clear();
    }

    private PeerClient Make(Node node, string control)
    {
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = _identity.Context,
                CertificateChainPolicy = NodeIdentity.ChainPolicy,
                EnabledSslProtocols = SslProtocols.Tls13,
                AllowTlsResume = false,

                // It must be that very node, not just any of the directory.
                RemoteCertificateValidationCallback = (_, certificate, _, _) => _identity.Find(certificate) is { } shown && shown.Id == node.Id,
            },
        };
        GrpcChannel channel = GrpcChannel.ForAddress($"https://{control}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestMessage,
            MaxSendMessageSize = LargestMessage,
            MaxRetryAttempts = 1,
        });
        return new PeerClient(node.Key, control, channel, new NodeControl.NodeControlClient(channel));
    }

    private void DropStale()
    {
        RegionDirectory directory = _directory.Current;
        foreach ((string node, PeerClient client) in _clients)
        {
            bool stands = directory.FindNode(node) is { } entry && entry.Key == client.Key && entry.Control == client.Control;
            if (!stands && _clients.TryRemove(KeyValuePair.Create(node, client)))
                client.Channel.Dispose();
        }
    }

    private sealed record PeerClient(string Key, string Control, GrpcChannel Channel, NodeControl.NodeControlClient Calls);
}
