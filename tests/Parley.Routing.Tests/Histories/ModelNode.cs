using Parley.Routing.Directory;
using Parley.Routing.Grants;

namespace Parley.Routing.Tests.Histories;

/// <summary>A media node that honours its grants, as the real one does: the gate, its rooms' people and relays, its clock. Rules can be broken on purpose.</summary>
internal sealed class ModelNode
{
    public const long SweepEvery = 500;

    private readonly long _offset;
    private readonly BrokenRule _broken;
    private readonly Func<string, Node, bool> _isSigned;
    private GrantTable _table;

    public ModelNode(Node entry, HistoryWorld world, BrokenRule broken)
    {
        (Id, Region, _offset, _broken, Directory, _isSigned) = (entry.Id, entry.Region, world.Offsets[entry.Id], broken, world.Directory, world.IsSigned);
        _table = NewTable();
    }

    public string Id { get; }

    public string Region { get; }

    public RegionDirectory Directory { get; private set; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the home and it cannot reach each other.</summary>
    public bool IsCut { get; set; }

    /// <summary>Counts lives: what was granted to one does not count in the next.</summary>
    public int Life { get; private set; }

    /// <summary>The present one as grants name it.</summary>
    public string LifeName => Life.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public HashSet<string> People { get; } = [];

    public HashSet<string> Peers { get; } = [];

    /// <summary>Until when the last grant that it took holds by its own count.</summary>
    public long HoldsUntil { get; private set; }

    public long LastRevocation { get; private set; } = long.MinValue;

    /// <summary>Whether it holds anything of the meeting that is on the wire.</summary>
    public bool Carries => People.Count > 0 || Peers.Count > 0;

    public void Die()
    {
        IsAlive = false;
        People.Clear();
        Peers.Clear();
    }

    public void Return()
    {
        IsAlive = true;
        Life++;
        _table = NewTable();
    }

    public void Use(RegionDirectory directory)
    {
        if (directory.Version < Directory.Version)
            return;
        Directory = directory;
        _table.Use(directory);
    }

    public GrantRefusal? Take(string text, long now)
    {
        GrantRefusal? refusal = _table.Accept(text, Utc(now), now, out RouteGrant? grant);
        if (grant is { Revokes: true })
        {
            LastRevocation = now;
            if (!_broken.HasFlag(BrokenRule.NodeIgnoresRevocations))
                Close();
        }
        else if (grant is not null)
        {
            HoldsUntil = now + (grant.Lifetime * 1000L);
        }

        return refusal;
    }

    public bool Holds(long now) => _table.Find(HistoryWorld.Meeting, now) is not null;

    public bool Lets(long now) => IsAlive && ((_broken.HasFlag(BrokenRule.NodeIgnoresItsGate) || _broken.HasFlag(BrokenRule.NodeIgnoresExpiry) || _broken.HasFlag(BrokenRule.NodeIgnoresRevocations)) || Holds(now));

    public bool Names(string peer, long now) => _table.AllowsPeer(HistoryWorld.Meeting, peer, now);

    public string? Show(long now) => _table.FindText(HistoryWorld.Meeting, now);

    public bool LetsPeer(ModelNode peer, long now)
    {
        if ((_broken.HasFlag(BrokenRule.NodeIgnoresItsGate) || _broken.HasFlag(BrokenRule.NodeIgnoresPeers)))
            return true;
        return peer.Show(now) is { } shown && _table.CheckPeer(HistoryWorld.Meeting, peer.Id, shown, Utc(now), now) is null;
    }

    /// <summary>What the real node does every so often; whether a grant ended.</summary>
    public bool Sweep(long now)
    {
        if (!IsAlive || _broken.HasFlag(BrokenRule.NodeIgnoresItsGate))
            return false;
        bool ended = _table.Sweep(now).Count > 0;
        if (!Holds(now) && !_broken.HasFlag(BrokenRule.NodeIgnoresExpiry) && !_broken.HasFlag(BrokenRule.NodeIgnoresRevocations))
            Close();
        if (!_broken.HasFlag(BrokenRule.NodeIgnoresPeers) && Holds(now))
            Peers.RemoveWhere(peer => !_table.AllowsPeer(HistoryWorld.Meeting, peer, now));
        return ended;
    }

    private void Close()
    {
        if (_broken.HasFlag(BrokenRule.NodeIgnoresItsGate))
            return;
        People.Clear();
        Peers.Clear();
    }

    private long Utc(long now) => ModelHome.Epoch + _offset + (now / 1000);

    private GrantTable NewTable() => new(Id, Directory, _isSigned, life: LifeName);
}
