using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Everybody whose fence and country count, in the order in which they came, and the scopes' fences.</summary>
internal sealed class RoutePeople
{
    private readonly List<RouteMember> _members = [];
    private readonly SortedDictionary<GeofenceScope, Geofence> _scopes = [];

    public IReadOnlyList<RouteMember> All => _members;

    public IEnumerable<RouteMember> Admitted => _members.Where(static member => member.IsAdmitted);

    public bool HasHost => _members.Exists(static member => member.IsAdmitted && member.Wish.IsHost);

    /// <summary>Who was in the meeting before its home restarted: they may be on the nodes of that time still.</summary>
    public RouteMemory Former { get; set; } = RouteMemory.None;

    public bool HasFormer => !ReferenceEquals(Former, RouteMemory.None);

    public RouteMember? Find(string participant) => _members.Find(member => member.Id == participant);

    public void Add(RouteMember member) => _members.Add(member);

    public void Remove(RouteMember member) => _members.Remove(member);

    public Geofence FenceOf(GeofenceScope scope) => _scopes.GetValueOrDefault(scope, Geofence.Open);

    public void Set(FenceEdit edit) => _scopes[edit.Scope] = edit.Fence;

    /// <summary>All fences, with a newcomer's or an edit's where given; <paramref name="admittedOnly"/>: without those who wait.</summary>
    public List<ScopedGeofence> Fences(JoinWish? newcomer = null, FenceEdit? edit = null, bool admittedOnly = false)
    {
        List<ScopedGeofence> fences = [];
        foreach ((GeofenceScope scope, Geofence fence) in _scopes)
        {
            if (scope != edit?.Scope)
                fences.Add(new ScopedGeofence(scope, fence));
        }

        if (edit is not null)
            fences.Add(new ScopedGeofence(edit.Scope, edit.Fence));
        fences.AddRange(Former.Fences.Select(static fence => new ScopedGeofence(GeofenceScope.Participant, fence)));
        fences.AddRange(_members.Where(member => !admittedOnly || member.IsAdmitted).Select(static member => member.Fence).OfType<ScopedGeofence>());
        if (newcomer?.Fence is { IsOpen: false } own)
            fences.Add(new ScopedGeofence(GeofenceScope.Participant, own, newcomer.Participant));
        return fences;
    }

    public IEnumerable<string> Countries(JoinWish? newcomer = null, bool admittedOnly = false)
    {
        IEnumerable<string> countries = Former.Countries.Concat(_members.Where(member => !admittedOnly || member.IsAdmitted).Select(static member => member.Wish.Country));
        return newcomer is null ? countries : countries.Append(newcomer.Country);
    }

    /// <summary>What must be kept for a restart of the home, with these nodes.</summary>
    public RouteMemory Remember(IEnumerable<string> nodes) => new()
    {
        Nodes = [.. nodes.Distinct().Order(StringComparer.Ordinal)],
        Fences = [.. Fences().Where(static scoped => scoped is { Scope: GeofenceScope.Participant, Fence.IsOpen: false }).DistinctBy(FenceDigest.Line).Select(static scoped => scoped.Fence)],
        Countries = [.. Countries().Distinct().Order(StringComparer.Ordinal)],
    };

    public List<PlanParticipant> Plans(bool admittedOnly = false) => [.. _members.Where(member => !admittedOnly || member.IsAdmitted).Select(static member => member.Plan)];
}
