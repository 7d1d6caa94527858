using Parley.Routing.Directory;
using Parley.Routing.Geofences;

namespace Parley.Routing.Grants;

/// <summary>
/// The grants that a node holds: it takes part in nothing else. Told the time: wall clock for freshness, a monotonic one for expiry. A grant or revocation with a serial that is not higher
/// than the last seen of its meeting changes nothing, so reordered, repeated and replayed messages are harmless; that memory outlives the grant for as long as a replay could be fresh. It does not outlive the process: a grant names the life of the
/// node that it is for (<see cref="RouteGrant.Life"/>).
/// </summary>
public sealed class GrantTable
{
    // Longer than two clocks 90 s apart and a late message can be stretched.
    private const long MemorySeconds = 4 * GrantSigner.Freshness;

    private readonly string _node;
    private readonly string? _life;
    private readonly Func<string, Node, bool> _isSigned;
    private readonly OperatorFence _operator;
    private readonly Dictionary<string, Row> _rows = [];
    private RegionDirectory _directory;
    private bool _hasNewDirectory;

    /// <summary>Makes an empty table.</summary>
    /// <param name="node">The id of the node that holds it.</param>
    /// <param name="directory">A verified directory.</param>
    /// <param name="isSigned">Tells whether a text is signed by a node's key; <see cref="GrantSigner.IsSigned"/> unless given.</param>
    /// <param name="operatorFence">The fence that the node's own operator has set on it, which no grant can lift; open unless given.</param>
    /// <param name="life">What that node drew at its start: grants that do not name it are refused. Null: grants name none.</param>
    public GrantTable(string node, RegionDirectory directory, Func<string, Node, bool>? isSigned = null, Geofence? operatorFence = null, string? life = null)
    {
        _operator = new OperatorFence(operatorFence ?? Geofence.Open);
        _node = node;
        _life = life;
        _isSigned = isSigned ?? GrantSigner.IsSigned;
        _directory = directory;
    }

    /// <summary>
    /// Takes another verified directory: meetings whose grants it no longer bears out are dropped at the next <see cref="Sweep"/>, and peers that it puts outside are none any more
    /// (<see cref="AllowsPeer"/>).
    /// </summary>
    public void Use(RegionDirectory directory)
    {
        _directory = directory;
        _hasNewDirectory = true;
        foreach (Row row in _rows.Values)
            row.Peers = row.Grant is null ? [] : PeersInside(row.Grant);
    }

    /// <summary>Takes a grant or a revocation, which ends the meeting's room at once; says why not otherwise.</summary>
    /// <param name="text">The signed grant.</param>
    /// <param name="utcSeconds">The time, seconds since 1970 in UTC.</param>
    /// <param name="monotonicMilliseconds">The time of a clock that never jumps, milliseconds.</param>
    /// <param name="grant">The grant, also when it is a revocation; null when it is refused.</param>
    public GrantRefusal? Accept(string text, long utcSeconds, long monotonicMilliseconds, out RouteGrant? grant)
    {
        GrantRefusal? refusal = GrantSigner.Verify(text, _directory, utcSeconds, out RouteGrant? read, _isSigned) ?? Keep(read!, text, monotonicMilliseconds);
        grant = refusal is null ? read : null;
        return refusal;
    }

    /// <summary>The grant in force for a meeting; null when there is none.</summary>
    public RouteGrant? Find(string meeting, long monotonicMilliseconds) => Current(meeting, monotonicMilliseconds)?.Grant;

    /// <summary>The grant in force as signed, to be shown to a peer; null when there is none.</summary>
    public string? FindText(string meeting, long monotonicMilliseconds) => Current(meeting, monotonicMilliseconds)?.Text;

    /// <summary>Whether the grant in force names a peer that the directory puts inside its fence; a relay with any other must not be, and one that exists must end.</summary>
    public bool AllowsPeer(string meeting, string peer, long monotonicMilliseconds) => Current(meeting, monotonicMilliseconds) is { } row && row.Peers.Contains(peer);

    /// <summary>Why a meeting may be relayed between this node and <paramref name="peer"/>, or not: both must hold a grant in force that names the other (I2).</summary>
    public GrantRefusal? CheckPeer(string meeting, string peer, string peerGrant, long utcSeconds, long monotonicMilliseconds)
    {
        if (Find(meeting, monotonicMilliseconds) is null)
            return new GrantRefusal("grant-missing", $"This node holds no grant for meeting '{meeting}'.");
        if (GrantSigner.Verify(peerGrant, _directory, utcSeconds, out RouteGrant? other, _isSigned) is { } refusal)
            return refusal;
        if (other!.Revokes || other.Node != peer || other.Meeting != meeting)
            return new GrantRefusal("grant-node", $"The grant that '{peer}' shows is not its own for meeting '{meeting}'.");
        if (!AllowsPeer(meeting, peer, monotonicMilliseconds) || !other.Peers.Contains(_node))
            return new GrantRefusal("grant-peer", $"The grants do not name '{_node}' and '{peer}' as each other's peers.");
        return null;
    }

    /// <summary>Lets go of grants that have expired or that the directory no longer bears out; returns their meetings, whose rooms must end now.</summary>
    public IReadOnlyList<string> Sweep(long monotonicMilliseconds)
    {
        List<string> ended = [];
        foreach ((string meeting, Row row) in _rows.ToArray())
        {
            if (row.Grant is not null && (monotonicMilliseconds >= row.Expires || (_hasNewDirectory && !IsBorneOut(row))))
            {
                ended.Add(meeting);
                _rows[meeting] = row with { Grant = null };
            }
            else if (row.Grant is null && monotonicMilliseconds >= row.Forget)
            {
                _rows.Remove(meeting);
            }
        }

        _hasNewDirectory = false;
        return ended;
    }

    private GrantRefusal? Keep(RouteGrant grant, string text, long now)
    {
        if (grant.Node != _node)
            return new GrantRefusal("grant-node", $"The grant is for node '{grant.Node}', not for this one.");
        if (_operator.Judge(grant, _directory) is { } forbidden)
            return forbidden;
        if (!grant.Revokes && grant.Life != _life)
            return new GrantRefusal(GrantRefusal.OtherLife, "The grant is for this node as it was before it restarted.");
        if (_rows.TryGetValue(grant.Meeting, out Row? before) && grant.Serial <= before.Serial)
            return new GrantRefusal(GrantRefusal.Superseded, "A newer grant or revocation of this meeting was seen before.");
        _rows[grant.Meeting] = new Row(grant.Serial, grant.Revokes ? null : grant, text, now + (grant.Lifetime * 1000L), now + (MemorySeconds * 1000))
        {
            SignedBy = _directory.FindNode(grant.Issuer)!.Key,
            Peers = grant.Revokes ? [] : PeersInside(grant),
        };
        return null;
    }

    // Another key of the issuer ends nothing, a revoked one does.
    private bool IsBorneOut(Row row) =>
        GrantSigner.JudgeRoute(row.Grant!, _directory) is null && _operator.JudgeWithoutPeers(row.Grant!, _directory) is null && !_directory.Revoked.Contains(row.SignedBy);

    private HashSet<string> PeersInside(RouteGrant grant)
    {
        HashSet<string> peers = GrantSigner.PeersInside(grant, _directory);
        _operator.KeepInside(peers, _directory);
        return peers;
    }

    private Row? Current(string meeting, long now) => _rows.TryGetValue(meeting, out Row? row) && row.Grant is not null && now < row.Expires ? row : null;

    private sealed record Row(long Serial, RouteGrant? Grant, string Text, long Expires, long Forget)
    {
        public required string SignedBy { get; init; }

        public required HashSet<string> Peers { get; set; }
    }
}
