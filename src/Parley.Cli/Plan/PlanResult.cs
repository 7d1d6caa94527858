namespace Parley.Cli.Plan;

/// <summary>What <c>parley plan</c> found; its JSON has the words of the route in the HTTP API.</summary>
internal sealed record PlanResult
{
    public required PlanFence Fence { get; init; }

    /// <summary>Null when there is a plan.</summary>
    public PlanProblemReport? Refusal { get; init; }

    public IReadOnlyList<PlanSeat> Participants { get; init; } = [];

    public IReadOnlyList<PlanLeg> Relays { get; init; } = [];

    /// <summary>Mouth to ear, ms.</summary>
    public double? WorstDelay { get; init; }

    public double? MeanDelay { get; init; }

    /// <summary>Whether distance or an assumption enters the delays; else all that enters them was measured.</summary>
    public bool? Computed { get; init; }

    public int Moves { get; init; }
}

internal sealed record PlanFence(IReadOnlyList<PlanVerdict> Regions);

internal sealed record PlanVerdict(string Id, bool Allowed, string Rule, string Scope, string Reason);

internal sealed record PlanProblemReport(string Rule, string? Participant, string Sentence);

internal sealed record PlanSeat(string Id, string Node, string Region, double ExpectedDelay);

internal sealed record PlanLeg(string From, string To, double Delay);
