using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Geofences;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>Decides where meetings live. A meeting's state is only ever kept in its home region, which lies inside its fence.</summary>
internal sealed class Homes(NodeDirectory directory, NodeOptions options)
{
    /// <summary>The operator's geofence.</summary>
    public Geofence Platform { get; } = options.Geofence.ToFence();

    private bool HoldsMeetings => directory.Self.Roles.Contains(Node.ControlRole);

    /// <summary>Refuses everything while the operator's geofence names what the directory does not know: what was meant cannot be told.</summary>
    /// <exception cref="ProblemException">It does.</exception>
    public void RequirePlatform()
    {
        if (directory.FenceFault is { } fault)
            throw FenceRefusals.OperatorFenceFault(fault);
    }

    /// <summary>Refuses a geofence with a fault of its own.</summary>
    /// <exception cref="ProblemException">It has one.</exception>
    public void RequireSound(Geofence fence)
    {
        if (fence.FindFault(directory.Current) is { } fault)
            throw FenceRefusals.GeofenceFault(fault.Rule, fault.Sentence);
    }

    /// <summary>Refuses a new meeting whose home cannot be here; where it can be elsewhere, the refusal says where.</summary>
    /// <param name="fence">The meeting's own fence.</param>
    /// <param name="asked">The home region that is asked for; null: any, here if possible.</param>
    /// <param name="path">The call's path and query.</param>
    /// <exception cref="ProblemException">The home cannot be here.</exception>
    public void RequireHere(Geofence fence, string? asked, string path)
    {
        RequirePlatform();
        RequireSound(fence);
        RegionDirectory current = directory.Current;
        if (asked is not null && current.FindRegion(asked) is null)
            throw Refusals.RegionUnknown(asked.Length <= RegionIds.MaximumLength ? asked : asked[..RegionIds.MaximumLength] + "...");
        EffectiveGeofence effective = new(current, [new ScopedGeofence(GeofenceScope.Platform, Platform), new ScopedGeofence(GeofenceScope.Meeting, fence)], []);
        Region[] possible = [.. current.Regions.Where(region => effective.Allows(region.Id) && HasNode(current, region.Id, Node.MediaRole))];
        RegionVerdictView[] verdicts = RegionVerdictView.Of(effective.Verdicts);
        if (possible.Length == 0)
            throw FenceRefusals.NoRegionAllowed(verdicts);
        if (asked is not null && !effective.Allows(asked))
            throw FenceRefusals.HomeOutsideFence(verdicts.Single(verdict => verdict.Id == asked), verdicts);
        string own = directory.Self.Region;
        string home = asked ?? (effective.Allows(own) ? own : Nearest(current, own, possible));
        if (home == own && !HoldsMeetings && FrontDoor(own) is null)
            throw FenceRefusals.NoControl(own);
        if (home != own || !HoldsMeetings)
            throw Elsewhere(home, path);
    }

    /// <summary>Where a call about a meeting belongs whose home is not here; null when it belongs here, or nowhere.</summary>
    public ProblemException? Misdirected(string home, string? path) =>
        (home == directory.Self.Region && (HoldsMeetings || FrontDoor(home) is null)) || directory.Current.FindRegion(home) is null ? null : Elsewhere(home, path);

    private static bool HasNode(RegionDirectory directory, string region, string role) =>
        directory.Nodes.Any(node => node.Region == region && node.Roles.Contains(role) && directory.FindNode(node.Id) is not null);

    // A home needs a front door; where no allowed region has one, the refusal names the nearest without. One that serves only some countries would shut the others out.
    private string Nearest(RegionDirectory current, string own, Region[] possible)
    {
        GeoPoint? here = PlacePoints.OfRegion(current.FindRegion(own));
        return possible
            .OrderBy(region => FrontDoor(region.Id) is null)
            .ThenBy(static region => region.ServesOnly is not null)
            .ThenBy(region => here is { } start && PlacePoints.OfRegion(region) is { } end ? start.DistanceTo(end) : double.MaxValue)
            .ThenBy(static region => region.Id, StringComparer.Ordinal)
            .First().Id;
    }

    private string? FrontDoor(string region)
    {
        RegionDirectory current = directory.Current;
        return current.Nodes.FirstOrDefault(node => node.Region == region && node.FrontDoor is not null && node.Roles.Contains(Node.ControlRole) && current.FindNode(node.Id) is not null)?.FrontDoor;
    }

    private ProblemException Elsewhere(string home, string? path)
    {
        string? door = FrontDoor(home)?.TrimEnd('/');
        bool canFollow = door is not null && path is not null;
        return FenceRefusals.Misdirected(
            home, door, canFollow ? door + path : null, canFollow ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status421MisdirectedRequest);
    }
}
