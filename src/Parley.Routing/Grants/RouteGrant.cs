using Parley.Routing.Geofences;

namespace Parley.Routing.Grants;

/// <summary>The short-lived permission that a node needs to take part in a meeting, signed by a control node of the meeting's home region.</summary>
public sealed record RouteGrant
{
    /// <summary>The meeting's id; its first part is the home region's.</summary>
    public required string Meeting { get; init; }

    /// <summary>The node that may take part.</summary>
    public required string Node { get; init; }

    /// <summary>The region that node is in.</summary>
    public required string Region { get; init; }

    /// <summary>Other nodes that it may relay the meeting from and to.</summary>
    public required IReadOnlyList<string> Peers { get; init; }

    /// <summary>All scopes' fences in force, so that the node can judge for itself. Owners are left out.</summary>
    public required IReadOnlyList<ScopedGeofence> Fences { get; init; }

    /// <summary>The countries of everyone in the meeting, each once, for <c>servesOnly</c> regions; <c>ZZ</c>: someone cannot be placed.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary><see cref="FenceDigest.Of"/> the fences and countries.</summary>
    public required string FenceDigest { get; init; }

    /// <summary>Counts the plans of the meeting: rises when who takes part or the fence changes.</summary>
    public required long Epoch { get; init; }

    /// <summary>Rises with every grant and revocation of the meeting to any node: an older one never replaces a newer one.</summary>
    public required long Serial { get; init; }

    /// <summary>The control node that signs.</summary>
    public required string Issuer { get; init; }

    /// <summary>When it was made, seconds since 1970 in UTC by the issuer's clock.</summary>
    public required long Issued { get; init; }

    /// <summary>How long it holds from its arrival, seconds. Counted by the node's own monotonic clock, so that clocks that are apart cost nothing.</summary>
    public required int Lifetime { get; init; }

    /// <summary>
    /// The life of the node that it is for: what the node drew when it started, and tells its peers. A node that has restarted has forgotten which serials it has seen, so nothing from before counts.
    /// Revocations need none.
    /// </summary>
    public string? Life { get; init; }

    /// <summary>Whether it takes the permission away instead.</summary>
    public bool Revokes { get; init; }
}
