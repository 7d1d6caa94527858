using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>
/// What a route must be told again when its home has restarted: media went on without it. Kept before any grant goes out that it covers, it holds whoever was admitted, and every node that may
/// carry the meeting.
/// </summary>
public sealed record RouteMemory
{
    /// <summary>What the route of a new meeting is told.</summary>
    public static RouteMemory None { get; } = new();

    /// <summary>The nodes that may hold grants, ordered. Nodes that never held one must not be here: they would learn of the meeting.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The participants' own geofences, each once, without owners.</summary>
    public IReadOnlyList<Geofence> Fences { get; init; } = [];

    /// <summary>The participants' countries, each once, ordered.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
}
