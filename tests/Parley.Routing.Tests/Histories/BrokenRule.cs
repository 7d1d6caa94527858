namespace Parley.Routing.Tests.Histories;

/// <summary>A rule or a whole layer that a history is run without, to see who notices.</summary>
internal enum BrokenRule
{
    None,

    // Whole layers.
    PlannerSeesAllRegions,
    NodeIgnoresItsGate,
    ClientAcceptsAnything,

    // Rules of the home.
    HomeForgetsFences,
    HomeForgetsCountries,
    HomeAdmitsAtOnce,
    HomeConfirmsGrantsItself,
    HomeSendsNoRevocations,
    HomeForgetsDeadlines,
    HomeLeavesRelaysOpen,

    // Rules of a node.
    NodeIgnoresExpiry,
    NodeIgnoresRevocations,
    NodeIgnoresPeers,

    // Rules of a client.
    ClientIgnoresMoves,
}
