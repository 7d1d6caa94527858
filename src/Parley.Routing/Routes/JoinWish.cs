using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Routing.Routes;

/// <summary>Somebody who wants to take part.</summary>
public sealed record JoinWish
{
    /// <summary>Their id, unique in the meeting.</summary>
    public required string Participant { get; init; }

    /// <summary>The country they sit in, by their address at the front door; <see cref="Countries.Unknown"/> where it cannot be told, which counts as outside.</summary>
    public string Country { get; init; } = Countries.Unknown;

    /// <summary>Their own geofence for this meeting; null: none.</summary>
    public Geofence? Fence { get; init; }

    /// <summary>Round trips that their client measured, region to milliseconds; empty: nothing measured, else a region that is missing cannot be reached.</summary>
    public IReadOnlyDictionary<string, double> RoundTrips { get; init; } = new Dictionary<string, double>();

    /// <summary>Degrees north, where known.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, where known.</summary>
    public double? Longitude { get; init; }

    /// <summary>Whether they decide for the meeting: their stricter fence takes effect unasked, and they are asked about others'.</summary>
    public bool IsHost { get; init; }
}
