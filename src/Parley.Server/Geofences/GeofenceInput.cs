using System.ComponentModel;
using System.Text.Json.Serialization;
using Parley.Routing.Geofences;

namespace Parley.Server.Geofences;

/// <summary>A geofence as callers write it and as it is shown: lists of selectors. A name that is not known here is refused: a misspelt list must not be ignored.</summary>
[GenerateSerializer]
[Immutable]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GeofenceInput
{
    /// <summary>What is allowed; missing: everything.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What is allowed: selectors such as region:eu-fra, country:DE, group:EEA, operator:DE. Missing: everything. An empty list is refused.")]
    public string?[]? Allow { get; init; }

    /// <summary>What is denied; missing: nothing.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What is denied: selectors as in allow.")]
    public string?[]? Deny { get; init; }

    /// <summary>A geofence as it is shown; null for one that says nothing.</summary>
    public static GeofenceInput? Of(Geofence fence) => fence.IsOpen ? null : new GeofenceInput { Allow = fence.Allow?.ToArray(), Deny = fence.Deny?.ToArray() };

    /// <summary>The geofence. A selector that is null becomes one that no reader takes, so that it is refused with the others.</summary>
    public Geofence ToGeofence() => new() { Allow = Read(Allow), Deny = Read(Deny) };

    private static string[]? Read(string?[]? selectors) => selectors?.Select(static selector => selector ?? "null").ToArray();
}
