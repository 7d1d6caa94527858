using System.Text.Json;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Geofences;

/// <summary>The file <c>geofence.json</c>.</summary>
internal sealed record GeofenceVectors(GeofenceVectors.Ground Directory, GeofenceVectors.Case[] Cases, GeofenceVectors.Spelling[] Selectors, GeofenceVectors.Fault[] Faults)
{
    public sealed record Ground(Region[] Regions, CountryGroup[] Groups);

    /// <summary>Fences, who is in the meeting, and for each region whether it is allowed, by which rule and whose.</summary>
    public sealed record Case(string Name, Fence[] Fences, string[] Countries, Dictionary<string, JsonElement[]> Verdicts);

    public sealed record Fence(string Scope, string[]? Allow, string[]? Deny)
    {
        public ScopedGeofence Scoped => new(Enum.Parse<GeofenceScope>(Scope, ignoreCase: true), new Geofence { Allow = Allow, Deny = Deny });
    }

    /// <summary>A text and the selector that it means; null when it is none.</summary>
    public sealed record Spelling(string Text, string? Means);

    /// <summary>A fence and the rule that it breaks; null when it is sound.</summary>
    public sealed record Fault(Geofence Fence, string? Rule);
}
