namespace Parley.Routing.Planning;

/// <summary>
/// What makes a plan good, in milliseconds, less is better: half the worst and half the mean mouth-to-ear delay over all pairs of people, and a price for each person who must move.
/// So a plan moves at most one person for each <see cref="Move"/> milliseconds that it wins.
/// </summary>
/// <remarks>
/// Mouth to ear counts the network's part: half the speaker's round trip to their node, each relay leg with what the node takes to handle it, half the listener's round trip.
/// Capture, coding and the jitter buffer are the same whatever the plan is, and are left out.
/// </remarks>
public static class PlanCost
{
    /// <summary>What moving one person costs unless the request says otherwise, ms.</summary>
    public const double Move = 5;

    /// <summary>What a node takes to pass a packet on to the next, ms: between the median and the 99th percentile in docs/performance-log.md.</summary>
    public const double RelayHandling = 1.5;

    /// <summary>No round trip counts for more than this, ms: what one client claims must not outweigh everything else.</summary>
    public const double LongestRoundTrip = 2_000;

    /// <summary>What counts for every region when nothing is known of where a participant is, ms.</summary>
    public const double UnknownRoundTrip = 100;

    /// <summary>The cost in ms.</summary>
    public static double Of(double worstDelay, double meanDelay, int moves, double moveCost = Move) => (worstDelay + meanDelay) / 2 + moves * moveCost;
}
