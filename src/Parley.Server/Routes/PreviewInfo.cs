using Parley.Server.Geofences;
using Parley.Server.Problems;

namespace Parley.Server.Routes;

/// <summary>What would happen: <c>RoutePreview</c> in docs/protocol.md.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record PreviewInfo
{
    /// <summary><c>admitted</c>, <c>tightens</c>, <c>asks</c> or <c>refused</c>.</summary>
    [Id(0)]
    public required string Outcome { get; init; }

    /// <summary>The home region.</summary>
    [Id(1)]
    public required string Home { get; init; }

    /// <summary>The country in which the front door places the caller.</summary>
    [Id(2)]
    public required string Place { get; init; }

    /// <summary>The node that would be the caller's; null: none.</summary>
    [Id(3)]
    public required string? Node { get; init; }

    /// <summary>Its region.</summary>
    [Id(4)]
    public required string? Region { get; init; }

    /// <summary>The expected one-way delay between the caller and the others, in the mean (to its node while nobody is there), milliseconds.</summary>
    [Id(5)]
    public required double? Delay { get; init; }

    /// <summary>Whether anything that enters <see cref="Delay"/> is estimated, not measured.</summary>
    [Id(6)]
    public required bool Computed { get; init; }

    /// <summary>What all rules together would mean for each region.</summary>
    [Id(7)]
    public required RegionVerdictView[] Regions { get; init; }

    /// <summary>What it would do to those who are in the meeting.</summary>
    [Id(8)]
    public required ConsequencesInfo Consequences { get; init; }

    /// <summary>Why not; null unless refused.</summary>
    [Id(9)]
    public required Problem? Problem { get; init; }
}
