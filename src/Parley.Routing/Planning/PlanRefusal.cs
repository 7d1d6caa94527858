namespace Parley.Routing.Planning;

/// <summary>Why there is no plan.</summary>
public sealed record PlanRefusal
{
    /// <summary>The rule <c>no-region-allowed</c>: no node runs in any region that the fence allows.</summary>
    public const string NoRegionAllowed = "no-region-allowed";

    /// <summary>The rule <c>no-capacity</c>: the allowed nodes that people can reach have too few places.</summary>
    public const string NoCapacity = "no-capacity";

    /// <summary>The rule <c>out-of-reach</c>: a participant reaches none of the allowed regions.</summary>
    public const string OutOfReach = "out-of-reach";

    /// <summary>One of the rules above.</summary>
    public required string Rule { get; init; }

    /// <summary>Whom it concerns, when it is one participant; else null.</summary>
    public string? Participant { get; init; }

    /// <summary>The reason as a sentence for people.</summary>
    public required string Sentence { get; init; }
}
