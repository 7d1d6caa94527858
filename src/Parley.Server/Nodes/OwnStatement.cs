using Parley.Routing.Directory;
using Parley.Rtc.Primitives;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Media;

namespace Parley.Server.Nodes;

/// <summary>What this node says of itself, signed: made anew when half of its validity is over, or when the directory says something else of the node.</summary>
internal sealed class OwnStatement(NodeDirectory directory, NodeKeys keys, IMediaNode node, TunnelAddresses tunnel, TimeProvider time)
{
    /// <summary>How long a statement holds.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private NodeStatement? _statement;
    private TunnelWays? _ways;
    private string _text = "";

    /// <summary>The statement as signed.</summary>
    public string Text
    {
        get
        {
            long now = time.GetUtcNow().ToUnixTimeSeconds();
            Node self = directory.Self;
            TunnelWays ways = tunnel.Current;
            lock (_gate)
            {
                // Also when the clock was set back: a statement from the future helps nobody.
                bool isFresh = _statement is not null && now >= _statement.Issued && now < _statement.Issued + ((long)Validity.TotalSeconds / 2);
                if (!isFresh || _statement!.Node != self.Id || _statement.Region != self.Region || _ways != ways)
                    Make(self, ways, now);
                return _text;
            }
        }
    }

    private static NodeAddress Write(TransportAddress address, string protocol) => new(address.ToIPAddress().ToString(), address.Port, protocol);

    private void Make(Node self, TunnelWays ways, long now)
    {
        _statement = new NodeStatement
        {
            Node = self.Id,
            Region = self.Region,
            Fingerprint = Fingerprints.Write(node.Fingerprint.Span),
            Addresses = [.. node.Addresses.Select(static address => Write(address, "udp")), .. ways.Tcp.Select(static address => Write(address, "tcp"))],
            Tunnels = ways.Urls,
            Issued = now,
            Expires = now + (long)Validity.TotalSeconds,
        };
        _ways = ways;
        _text = NodeStatementSigner.Sign(_statement, keys.Node);
    }
}
