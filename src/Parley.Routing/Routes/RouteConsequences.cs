namespace Parley.Routing.Routes;

/// <summary>What a change would do to those who are in the meeting. Delays are one way, mouth to ear, the network's part.</summary>
public sealed record RouteConsequences
{
    /// <summary>No change at all.</summary>
    public static RouteConsequences None { get; } = new() { Moves = [], CouldNotStay = [], WorstDelayBefore = 0, WorstDelayAfter = 0, LargestGrowth = 0 };

    /// <summary>Participants who would move to another node.</summary>
    public required IReadOnlyList<string> Moves { get; init; }

    /// <summary>Participants who would have to leave, since they reach nothing that would be allowed.</summary>
    public required IReadOnlyList<string> CouldNotStay { get; init; }

    /// <summary>The longest delay between any two of those who are in the meeting and could stay, now, ms.</summary>
    public required double WorstDelayBefore { get; init; }

    /// <summary>The same afterwards, ms; a newcomer not counted.</summary>
    public required double WorstDelayAfter { get; init; }

    /// <summary>By how much the expected delay of whoever loses most would grow, ms; 0 when nobody's grows.</summary>
    public required double LargestGrowth { get; init; }

    /// <summary>Whether anything that enters the delays is estimated from distance or assumed.</summary>
    public bool IsComputed { get; init; }
}
