namespace Parley.Routing.Tests.Histories;

/// <summary>A rule or a whole layer that a history is run without, to see who notices.</summary>
[Flags]
internal enum BrokenRule
{
    None = 0,

    // Whole layers.
    PlannerSeesAllRegions = 1 << 0,
    NodeIgnoresItsGate = 1 << 1,
    ClientAcceptsAnything = 1 << 2,

    // Rules of the home.
    HomeForgetsFences = 1 << 3,
    HomeForgetsCountries = 1 << 4,
    HomeAdmitsAtOnce = 1 << 5,
    HomeConfirmsGrantsItself = 1 << 6,
    HomeSendsNoRevocations = 1 << 7,
    HomeForgetsDeadlines = 1 << 8,
    HomeLeavesRelaysOpen = 1 << 9,

    HomeForgetsItsNodes = 1 << 14,
    HomeForgetsItsPeople = 1 << 15,

    // Rules of a node.
    NodeIgnoresExpiry = 1 << 10,
    NodeIgnoresRevocations = 1 << 11,
    NodeIgnoresPeers = 1 << 12,

    // Rules of a client.
    ClientIgnoresMoves = 1 << 13,
}
