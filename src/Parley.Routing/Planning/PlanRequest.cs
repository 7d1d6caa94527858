namespace Parley.Routing.Planning;

/// <summary>A meeting to be planned.</summary>
public sealed record PlanRequest
{
    /// <summary>The regions inside the effective geofence. Nothing of any other region is read.</summary>
    public required IReadOnlySet<string> AllowedRegions { get; init; }

    /// <summary>Everyone in the meeting, newcomers included.</summary>
    public required IReadOnlyList<PlanParticipant> Participants { get; init; }

    /// <summary>What moving one person costs, in ms of <see cref="PlanCost"/>. 0 plans anew, wherever people are.</summary>
    public double MoveCost { get; init; } = PlanCost.Move;
}
