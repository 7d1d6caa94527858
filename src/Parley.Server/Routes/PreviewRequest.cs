using System.ComponentModel;
using System.Text.Json.Serialization;
using Parley.Server.Geofences;

namespace Parley.Server.Routes;

/// <summary>What a route preview shall suppose.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreviewRequest
{
    /// <summary>The newcomer's own geofence, or the meeting's new one.</summary>
    [Description("The newcomer's own geofence or, with edits, the meeting's new one.")]
    public GeofenceInput? Fence { get; init; }

    /// <summary>What the client measured.</summary>
    [Description("Round trips that the client measured, milliseconds by region id.")]
    public Dictionary<string, double>? RoundTrips { get; init; }

    /// <summary>Where the client pretends to be.</summary>
    [Description("A country code instead of what the address tells; only where the operator allows pretended places.")]
    public string? Place { get; init; }

    /// <summary>Whether the fence is the meeting's new one.</summary>
    [Description("True: the fence stands for the meeting's own, as a host would edit it. Else: for a newcomer's own.")]
    public bool? Edits { get; init; }
}
