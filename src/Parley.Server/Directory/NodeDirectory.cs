using Parley.Routing.Directory;
using Parley.Routing.Grants;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Keys;

namespace Parley.Server.Directory;

/// <summary>The directory that this node goes by, and its own place in it. Safe from any thread.</summary>
internal sealed class NodeDirectory
{
    private readonly Lock _gate = new();
    private readonly DirectoryKeeper _keeper;
    private readonly NodeKeys _keys;
    private readonly TimeProvider _time;
    private volatile Version _version;

    /// <summary>Makes and signs the directory of a node that is its own operator: one region, one node.</summary>
    public NodeDirectory(NodeOptions options, NodeKeys keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
        _keeper = new DirectoryKeeper(keys.Operator);
        if (_keeper.Accept(SelfMade(options, keys, Now), Now) is { } reason)
            throw new InvalidDataException(reason);
        _version = Read(last: null);
    }

    /// <summary>Told after another version of the directory was taken.</summary>
    public event Action? Changed;

    /// <summary>The directory.</summary>
    public RegionDirectory Current => _version.Directory;

    /// <summary>It as signed.</summary>
    public string Text => _version.Text;

    /// <summary>This node's entry; the last one, when the directory no longer lists the node.</summary>
    public Node Self => _version.Self;

    /// <summary>Why nothing may be carried by this directory; null when all is well.</summary>
    public GrantRefusal? Fault
    {
        get
        {
            Version version = _version;
            if (!version.IsListed)
                return new GrantRefusal("node-unlisted", "The directory does not list this node, or has revoked its key.");
            long expires = version.Directory.Expires;
            return expires != 0 && Now > expires + NodeStatementSigner.ClockTolerance
                ? new GrantRefusal("directory-expired", "The directory of this node has expired: its operator must give it a newer one.")
                : null;
        }
    }

    /// <summary>The directory as the API shows it.</summary>
    public DirectoryView View
    {
        get
        {
            Version version = _version;
            RegionDirectory directory = version.Directory;
            return new DirectoryView(directory.Version, directory.Issued, directory.Regions, directory.Nodes, version.Text, _keys.OperatorPublic);
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes another signed directory; says why not otherwise.</summary>
    public string? Accept(string text)
    {
        lock (_gate)
        {
            if (text == _keeper.Text)
                return null;
            if (_keeper.Accept(text, Now) is { } reason)
                return reason;
            _version = Read(_version.Self);
        }

        Changed?.Invoke();
        return null;
    }

    // The time of the start as version: it rises with every start, and the content only changes at one.
    private static string SelfMade(NodeOptions options, NodeKeys keys, long now) => DirectorySigner.Sign(
        new RegionDirectory
        {
            Version = now,
            Issued = now,
            Regions =
            [
                new Region
                {
                    Id = options.Region,
                    Name = options.RegionName.Length > 0 ? options.RegionName : options.Region,
                    City = options.RegionCity,
                    Country = options.RegionCountry,
                    Operator = options.Operator,
                    OperatorCountry = options.RegionCountry,
                },
            ],
            Nodes = [new Node { Id = keys.NodeId, Region = options.Region, Key = keys.NodePublic, Roles = [Node.ControlRole, Node.MediaRole] }],
        },
        keys.Operator);

    private Version Read(Node? last)
    {
        RegionDirectory directory = _keeper.Current!;
        Node? self = directory.Nodes.FirstOrDefault(node => node.Key == _keys.NodePublic && !directory.Revoked.Contains(node.Key));
        return new Version(directory, _keeper.Text, self ?? last ?? throw new InvalidDataException("The directory does not list this node's key."), self is not null);
    }

    private sealed record Version(RegionDirectory Directory, string Text, Node Self, bool IsListed);
}
