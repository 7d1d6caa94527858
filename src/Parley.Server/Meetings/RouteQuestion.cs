using Parley.Server.Geofences;

namespace Parley.Server.Meetings;

/// <summary>What a route preview supposes.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record RouteQuestion
{
    /// <summary>The newcomer's own geofence or, with <see cref="Edits"/>, the meeting's new one.</summary>
    [Id(0)]
    public GeofenceInput? Fence { get; init; }

    /// <summary>What the client measured, milliseconds by region.</summary>
    [Id(1)]
    public required Dictionary<string, double> RoundTrips { get; init; }

    /// <summary>Where the client is.</summary>
    [Id(2)]
    public required string Country { get; init; }

    /// <summary>Whether the fence is the meeting's new one.</summary>
    [Id(3)]
    public bool Edits { get; init; }

    /// <summary>The host key, when it was shown.</summary>
    [Id(4)]
    public string? HostKey { get; init; }
}
