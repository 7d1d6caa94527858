namespace Parley.Routing.Routes;

/// <summary>The answer to somebody who wants to take part.</summary>
public sealed record JoinDecision
{
    /// <summary>What becomes of them; only <see cref="JoinOutcome.Admitted"/> and <see cref="JoinOutcome.Refused"/> are final.</summary>
    public required JoinOutcome Outcome { get; init; }

    /// <summary>With <see cref="JoinOutcome.Admitted"/>: the node that they connect to.</summary>
    public string? Node { get; init; }

    /// <summary>With <see cref="JoinOutcome.HostAsked"/>: what the host is asked.</summary>
    public TightenRequest? Request { get; init; }

    /// <summary>With <see cref="JoinOutcome.Refused"/>: why.</summary>
    public RouteRefusal? Refusal { get; init; }

    internal static JoinDecision Admit(string node) => new() { Outcome = JoinOutcome.Admitted, Node = node };

    internal static JoinDecision Refuse(RouteRefusal refusal) => new() { Outcome = JoinOutcome.Refused, Refusal = refusal };
}
