using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Routing.Grants;

/// <summary>
/// The fence that a node's own operator has set on it. The home of a meeting writes the fences of its grants and could leave this one out; so the node holds each grant against it by itself: its own
/// region, the home and every neighbour must lie inside.
/// </summary>
internal sealed class OperatorFence(Geofence fence)
{
    private readonly ScopedGeofence[] _fences = [new(GeofenceScope.Platform, fence)];

    /// <summary>Why the node takes no part in what a grant allows; null when it may. Peers that the directory does not know are let pass: no relay with them is.</summary>
    public GrantRefusal? Judge(RouteGrant grant, RegionDirectory directory)
    {
        if (grant.Revokes || fence.IsOpen)
            return null;
        EffectiveGeofence effective = new(directory, _fences, []);
        return Refusal(effective, grant.Region) ?? Refusal(effective, MeetingHome.Of(grant.Meeting)!)
            ?? grant.Peers.Select(peer => directory.FindNode(peer) is { } node ? Refusal(effective, node.Region) : null).FirstOrDefault(static refusal => refusal is not null);
    }

    /// <summary>The same for what a new directory makes of a grant that is in force: its peers are not looked at, since single ones can be let go of.</summary>
    public GrantRefusal? JudgeWithoutPeers(RouteGrant grant, RegionDirectory directory) => Judge(grant with { Peers = [] }, directory);

    /// <summary>Lets go of peers outside.</summary>
    public void KeepInside(HashSet<string> peers, RegionDirectory directory)
    {
        if (fence.IsOpen)
            return;
        EffectiveGeofence effective = new(directory, _fences, []);
        peers.RemoveWhere(peer => directory.FindNode(peer) is not { } node || !effective.Allows(node.Region));
    }

    private static GrantRefusal? Refusal(EffectiveGeofence effective, string region) =>
        effective.For(region) is { Allowed: false } verdict ? new GrantRefusal(GrantRefusal.OperatorFence, verdict.Reason) : null;
}
