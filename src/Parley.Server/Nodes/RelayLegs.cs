namespace Parley.Server.Nodes;

/// <summary>Which meetings cross which relay links of this node. One caller at a time.</summary>
internal sealed class RelayLegs
{
    private readonly Dictionary<(string Meeting, string Peer), RelayLeg> _legs = [];
    private readonly Dictionary<string, RelayPeerLink> _links = [];

    /// <summary>A meeting's leg to a node; null when there is none.</summary>
    public RelayLeg? Find(string meeting, string peer) => _legs.GetValueOrDefault((meeting, peer));

    /// <summary>The meetings that have legs.</summary>
    public IEnumerable<string> Meetings => _legs.Keys.Select(static key => key.Meeting).Distinct();

    /// <summary>The nodes that a meeting is relayed with.</summary>
    public IEnumerable<string> PeersOf(string meeting) => _legs.Keys.Where(key => key.Meeting == meeting).Select(static key => key.Peer);

    /// <summary>The link between two shards with one of these names; null when there is none.</summary>
    public RelayPeerLink? FindLink(string peer, int peerPort, int port, IEnumerable<string> names) => names
        .Select(name => _links.GetValueOrDefault(name))
        .FirstOrDefault(link => link is not null && link.Peer == peer && link.PeerPort == peerPort && link.Link.Port == port && !link.Link.Ended.IsCompleted);

    /// <summary>Whether there is a link from a shard to a node.</summary>
    public bool HasLink(string peer, int port) => _links.Values.Any(link => link.Peer == peer && link.Link.Port == port && !link.Link.Ended.IsCompleted);

    /// <summary>The names of the links from a shard to a node, which stay open until they are released.</summary>
    public List<string> Hold(string peer, int port)
    {
        List<RelayPeerLink> held = [.. _links.Values.Where(link => link.Peer == peer && link.Link.Port == port && !link.Link.Ended.IsCompleted)];
        foreach (RelayPeerLink link in held)
            link.Holds++;
        return [.. held.Select(static link => link.Name)];
    }

    /// <summary>Releases links that were held.</summary>
    public void Release(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (!_links.TryGetValue(name, out RelayPeerLink? link))
                continue;
            link.Holds--;
            CloseIfIdle(link);
        }
    }

    /// <summary>Adds a link.</summary>
    public void Add(RelayPeerLink link) => _links[link.Name] = link;

    /// <summary>Adds a meeting's leg.</summary>
    public void Add(RelayLeg leg)
    {
        _legs.Add((leg.Room.Meeting, leg.Peer), leg);
        leg.Link.Legs++;
    }

    /// <summary>Takes a meeting's leg out; null when there was none.</summary>
    public RelayLeg? Remove(string meeting, string peer)
    {
        if (!_legs.Remove((meeting, peer), out RelayLeg? leg))
            return null;
        leg.Link.Legs--;
        return leg;
    }

    /// <summary>Takes a link out that has ended, and gives the legs that it had.</summary>
    public List<RelayLeg> Remove(RelayPeerLink link)
    {
        _links.Remove(link.Name);
        List<RelayLeg> gone = [.. _legs.Values.Where(leg => leg.Link == link)];
        foreach (RelayLeg leg in gone)
            Remove(leg.Room.Meeting, leg.Peer);
        return gone;
    }

    /// <summary>Closes a link that no meeting crosses.</summary>
    public void CloseIfIdle(RelayPeerLink link)
    {
        if (link is not { Legs: 0, Holds: 0 })
            return;
        _links.Remove(link.Name);
        link.Link.Close();
    }
}
