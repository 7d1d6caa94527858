using Parley.Routing.Geofences;

namespace Parley.Cli.Plan;

/// <summary>The file that <c>--meeting</c> names.</summary>
internal sealed record MeetingFile
{
    public IReadOnlyList<MeetingFence>? Geofences { get; init; }

    public required IReadOnlyList<MeetingPerson> Participants { get; init; }
}

internal sealed record MeetingFence
{
    /// <summary>Whose it is; the meeting's unless the file says.</summary>
    public GeofenceScope? Scope { get; init; }

    public IReadOnlyList<string>? Allow { get; init; }

    public IReadOnlyList<string>? Deny { get; init; }

    public Geofence ToGeofence() => new() { Allow = Allow, Deny = Deny };
}

internal sealed record MeetingPerson
{
    public required string Id { get; init; }

    public string? Country { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Region to measured round trip, ms; without any, distance decides.</summary>
    public IReadOnlyDictionary<string, double>? RoundTrips { get; init; }

    /// <summary>The node they are on now.</summary>
    public string? Node { get; init; }

    public MeetingFence? Geofence { get; init; }
}
