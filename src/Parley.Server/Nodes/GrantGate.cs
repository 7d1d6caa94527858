using System.Security.Cryptography;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Directory;

namespace Parley.Server.Nodes;

/// <summary>
/// What this node was granted: nothing of a meeting passes without a grant in force (I2, I4). It refuses everything while the directory does not hold. Safe from any thread.
/// </summary>
internal sealed class GrantGate : IDisposable
{
    private const int LifeBytes = 16;

    private readonly Lock _gate = new();
    private readonly NodeDirectory _directory;
    private readonly TimeProvider _time;
    private readonly GrantTable _table;

    /// <summary>Makes a gate that nothing passes yet.</summary>
    public GrantGate(NodeDirectory directory, NodeOptions options, TimeProvider time)
    {
        _directory = directory;
        _time = time;
        _table = new GrantTable(directory.Self.Id, directory.Current, operatorFence: options.Geofence.ToFence(), life: Life);
        directory.Changed += Use;
    }

    /// <summary>This node's life: drawn at its start. Only grants that name it are taken.</summary>
    public string Life { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LifeBytes));

    private long Utc => _time.GetUtcNow().ToUnixTimeSeconds();

    private long Monotonic => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Takes a signed grant or revocation; says why not otherwise.</summary>
    public GrantRefusal? Accept(string text, out RouteGrant? grant)
    {
        lock (_gate)
        {
            grant = null;
            return _directory.Fault ?? _table.Accept(text, Utc, Monotonic, out grant);
        }
    }

    /// <summary>Why a meeting may not be carried now; null when it may.</summary>
    public GrantRefusal? Check(string meeting)
    {
        lock (_gate)
        {
            return _directory.Fault ?? (_table.Find(meeting, Monotonic) is null
                ? new GrantRefusal("grant-missing", "This node holds no grant for the meeting, or it has expired or was revoked.")
                : null);
        }
    }

    /// <summary>The grant in force for a meeting; null when there is none.</summary>
    public RouteGrant? Find(string meeting)
    {
        lock (_gate)
            return _directory.Fault is null ? _table.Find(meeting, Monotonic) : null;
    }

    /// <summary>It as signed, to be shown to a peer.</summary>
    public string? FindText(string meeting)
    {
        lock (_gate)
            return _directory.Fault is null ? _table.FindText(meeting, Monotonic) : null;
    }

    /// <summary>Why a meeting may not be relayed between this node and a peer that shows this grant; null when it may.</summary>
    public GrantRefusal? CheckPeer(string meeting, string peer, string peerGrant)
    {
        lock (_gate)
            return _directory.Fault ?? _table.CheckPeer(meeting, peer, peerGrant, Utc, Monotonic);
    }

    /// <summary>Whether a meeting may still be relayed with a peer: the grant in force names it, and the directory puts it inside that grant's fence.</summary>
    public bool AllowsPeer(string meeting, string peer)
    {
        lock (_gate)
            return _directory.Fault is null && _table.AllowsPeer(meeting, peer, Monotonic);
    }

    /// <summary>Lets go of grants that have expired or that the directory no longer bears out.</summary>
    public void Sweep()
    {
        lock (_gate)
            _table.Sweep(Monotonic);
    }

    /// <inheritdoc />
    public void Dispose() => _directory.Changed -= Use;

    private void Use()
    {
        lock (_gate)
            _table.Use(_directory.Current);
    }
}
