using System.Text.Json.Serialization;

namespace Parley.Server.Routes;

/// <summary>What a fence would do to those who are in the meeting.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record ConsequencesInfo
{
    /// <summary>How many would change their node.</summary>
    [Id(0)]
    public required int Moves { get; init; }

    /// <summary>How many could not stay.</summary>
    [Id(1)]
    public required int Leaves { get; init; }

    /// <summary>Who would change their node; only hosts are told.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Movers { get; init; }

    /// <summary>Who could not stay; only hosts are told.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Leavers { get; init; }

    /// <summary>The worst delay between people now, milliseconds.</summary>
    [Id(4)]
    public required double WorstBefore { get; init; }

    /// <summary>The worst delay between them then, milliseconds.</summary>
    [Id(5)]
    public required double WorstAfter { get; init; }

    /// <summary>By how much the expected delay of whoever loses most would grow, milliseconds.</summary>
    [Id(6)]
    public required double Growth { get; init; }

    /// <summary>Whether anything that enters the three delays is estimated, not measured.</summary>
    [Id(7)]
    public required bool Computed { get; init; }

    /// <summary>The same without names, for guests.</summary>
    public ConsequencesInfo ForGuests() => this with { Movers = null, Leavers = null };
}
