namespace Parley.Routing.Tests.Histories;

/// <summary>How regions fail.</summary>
internal enum RegionFailure
{
    /// <summary>All nodes of one region that carries the meeting die at once.</summary>
    RegionDies,

    /// <summary>All nodes of several regions die at once: of any, the home's media nodes among them.</summary>
    SeveralDie,

    /// <summary>The home and one region in use cannot reach each other; that region's people still reach both.</summary>
    Partition,

    /// <summary>A directory withdraws a region while it carries the meeting.</summary>
    Withdrawal,
}
