using Parley.Routing.Geofences;

namespace Parley.Server.Configuration;

/// <summary>The operator's geofence: lists of selectors.</summary>
public sealed record GeofenceOptions
{
    /// <summary>What is allowed; empty: everything.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>What is denied.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>It as a fence.</summary>
    internal Geofence ToFence() => new() { Allow = Allow.Count > 0 ? Allow : null, Deny = Deny.Count > 0 ? Deny : null };
}
