using Parley.Server.Geofences;

namespace Parley.Server.Problems;

/// <summary>The problems of fences and homes.</summary>
internal static class FenceRefusals
{
    public static ProblemException PlaceNotAllowed() =>
        new("place-not-allowed", 422, "Places cannot be pretended", "This node finds out by the address where you are. Leave 'place' out.");

    public static ProblemException GeofenceFault(string rule, string sentence) => new(rule, 422, "The geofence has a fault", sentence);

    public static ProblemException NoRegionAllowed(RegionVerdictView[] regions) => new(
        "no-region-allowed", 422, "No region is allowed", "Every region is excluded by a rule, so nowhere could this meeting be held. Take a rule away.", new ProblemFacts { Regions = regions });

    public static ProblemException HomeOutsideFence(RegionVerdictView home, RegionVerdictView[] regions) => new(
        "home-outside-fence", 422, "The home region is outside the fence", $"The meeting's state lives in {home.Id}, which must be inside the fence. {home.Reason}",
        new ProblemFacts { Scope = home.Scope, Regions = regions });

    public static ProblemException Misdirected(string region, string? frontDoor, string? location, int status) => new(
        "misdirected", status, "The meeting's home is elsewhere", frontDoor is null ? $"The home is region {region}, which has no front door at present." : $"The home is region {region}: call {frontDoor}.",
        new ProblemFacts { FrontDoor = frontDoor, Location = location });

    public static ProblemException OperatorFenceFault(string sentence) => new(
        "operator-fence-fault", 503, "The operator's geofence has a fault", $"{sentence} Nobody is let in until the operator has mended it.");

    public static ProblemException NoControl(string region) => new(
        "no-control-node", 503, "This node holds no meetings", $"This node only carries media, and no node of region {region} that holds meetings has a front door. Use the front door of another region.");

    public static ProblemException NotHost() => new("not-host", 403, "Not a host", "Only a host of this meeting may decide this.");

    public static ProblemException RequestUnknown() => new("request-unknown", 404, "Nothing to decide", "This question has been decided, was withdrawn, or never was.");
}
