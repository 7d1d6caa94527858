using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Keys;

namespace Parley.Server.Directory;

/// <summary>The directory that this node goes by, and its own place in it. Safe from any thread.</summary>
internal sealed class NodeDirectory : IDisposable
{
    private readonly Lock _gate = new();
    private readonly DirectoryKeeper _keeper;
    private readonly NodeKeys _keys;
    private readonly TimeProvider _time;
    private readonly ECDsa _operator;
    private readonly Geofence _fence;
    private volatile Version _version;

    /// <summary>Reads the directory file, or makes and signs the directory of a node that is its own operator.</summary>
    /// <exception cref="InvalidDataException">The directory cannot be believed, or does not list this node in its region, or does not know what the operator's geofence names.</exception>
    public NodeDirectory(NodeOptions options, NodeKeys keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
        bool isOwn = options.DirectoryFile.Length == 0;
        _operator = PublicKeys.Read(keys.OperatorPublic);
        _fence = options.Geofence.ToFence();
        _keeper = new DirectoryKeeper(_operator);
        if (_keeper.Accept(isOwn ? SelfMadeDirectory.Make(options, keys, Now) : DirectoryFile.Read(options.DirectoryFile), Now) is { } reason)
            throw new InvalidDataException(isOwn ? reason : $"{options.DirectoryFile}: {reason}");
        _version = Read(last: null);
        if (Self.Region != options.Region)
            throw new InvalidDataException($"The directory has this node's key in region '{Self.Region}', not '{options.Region}': start it with --region {Self.Region}.");
        if (FenceFault is { } fault)
            throw new InvalidDataException(fault);
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

    /// <summary>What the operator's geofence of this node names that the directory does not know, as a sentence; null when all is well.</summary>
    public string? FenceFault => _fence.FindFault(Current) is { } fault ? $"The operator's geofence (Geofence:Allow, Geofence:Deny) has a fault: {fault.Sentence}" : null;

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

    /// <summary>The node with this key, unless it was revoked; null when there is none.</summary>
    public Node? FindByKey(string key)
    {
        RegionDirectory directory = Current;
        return directory.Revoked.Contains(key) ? null : directory.Nodes.FirstOrDefault(node => node.Key == key);
    }

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

    /// <inheritdoc />
    public void Dispose() => _operator.Dispose();

    private Version Read(Node? last)
    {
        RegionDirectory directory = _keeper.Current!;
        Node? self = directory.Revoked.Contains(_keys.NodePublic) ? null : directory.Nodes.FirstOrDefault(node => node.Key == _keys.NodePublic);
        return new Version(directory, _keeper.Text, self ?? last ?? throw new InvalidDataException($"The directory does not list this node's key {_keys.NodePublic}, or has revoked it."), self is not null);
    }

    private sealed record Version(RegionDirectory Directory, string Text, Node Self, bool IsListed);
}
