using Parley.Routing.Geofences;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Somebody in the meeting, or about to be.</summary>
internal sealed class RouteMember(JoinWish wish, bool isTightening)
{
    public JoinWish Wish { get; } = wish;

    public string Id => Wish.Participant;

    /// <summary>Whether they take part; else their fence counts already, and they wait.</summary>
    public bool IsAdmitted { get; set; }

    /// <summary>Whether their fence narrows the route, and nobody but the rule has agreed to that.</summary>
    public bool IsTightening { get; } = isTightening;

    /// <summary>The node that carries them now; null: none.</summary>
    public string? At { get; set; }

    /// <summary>The node that the plan gives them.</summary>
    public string? Target { get; set; }

    /// <summary>Where they were last told to move, while they have not.</summary>
    public string? MovingTo { get; set; }

    /// <summary>Since when <see cref="Target"/> is theirs and holds a grant; null: it does not.</summary>
    public long? ReadySince { get; set; }

    /// <summary>Where they may have gone before they were told to go elsewhere.</summary>
    public string? Stray { get; set; }

    /// <summary>Until when <see cref="Stray"/> is kept for them.</summary>
    public long StrayUntil { get; set; } = long.MaxValue;

    /// <summary>When they were last told to move.</summary>
    public long MoveAsked { get; set; }

    /// <summary>How often they were told to move to <see cref="MovingTo"/>.</summary>
    public int MovesAsked { get; set; }

    public ScopedGeofence? Fence => Wish.Fence is { IsOpen: false } fence ? new ScopedGeofence(GeofenceScope.Participant, fence, Id) : null;

    public PlanParticipant Plan => PlanAs(Wish, Target ?? At);

    public static PlanParticipant PlanAs(JoinWish wish, string? node) => new()
    {
        Id = wish.Participant,
        RoundTrips = wish.RoundTrips,
        Latitude = wish.Latitude,
        Longitude = wish.Longitude,
        Node = node,
    };
}
