namespace Parley.Server.Meetings;

/// <summary>A meeting's effective geofence.</summary>
/// <param name="Allow">What is allowed; empty: everything.</param>
/// <param name="Deny">What is denied.</param>
/// <param name="Regions">What that means for each region of the directory.</param>
internal sealed record GeofenceView(string[] Allow, string[] Deny, RegionVerdict[] Regions)
{
    /// <summary>The fence of a meeting that has none, at a node with one region.</summary>
    public static GeofenceView Open(string region) =>
        new([], [], [new RegionVerdict(region, true, "default", "platform", "No scope has a geofence, and this is the only region of the directory.")]);
}
