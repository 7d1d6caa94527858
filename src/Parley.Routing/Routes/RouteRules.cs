using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>The codes of the rules by which a route refuses.</summary>
public static class RouteRules
{
    /// <summary>The newcomer's fence and the meeting's have no region in common.</summary>
    public const string FenceConflict = "fence-conflict";

    /// <summary>No region, or none with a node that runs, is allowed.</summary>
    public const string NoRegionAllowed = PlanRefusal.NoRegionAllowed;

    /// <summary>The home region would be outside the fence.</summary>
    public const string HomeOutsideFence = "home-outside-fence";

    /// <summary>The participant reaches none of the allowed regions.</summary>
    public const string OutOfReach = PlanRefusal.OutOfReach;

    /// <summary>The allowed nodes have too few places.</summary>
    public const string NoCapacity = PlanRefusal.NoCapacity;

    /// <summary>The newcomer's fence would cost others too much, and no host is here to decide.</summary>
    public const string TightenNeedsHost = "tighten-needs-host";

    /// <summary>The host does not want the newcomer's fence.</summary>
    public const string TightenRefused = "tighten-refused";

    /// <summary>The host was asked and said nothing.</summary>
    public const string HostSilent = "host-silent";
}
