using System.Text.Json.Serialization;
using Parley.Server.Geofences;

namespace Parley.Server.Routes;

/// <summary>A meeting's fence as everyone may see it.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record FenceInfo
{
    /// <summary>What the meeting itself allows; missing: everything.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string?[]? Allow { get; init; }

    /// <summary>What the meeting itself denies; missing: nothing.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string?[]? Deny { get; init; }

    /// <summary>The operator's geofence; missing: none.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeofenceInput? Platform { get; init; }

    /// <summary>What all rules together mean for each region of the directory.</summary>
    [Id(3)]
    public required RegionVerdictView[] Regions { get; init; }
}
