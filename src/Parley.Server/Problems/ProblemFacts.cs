using Parley.Server.Geofences;

namespace Parley.Server.Problems;

/// <summary>What a problem of the fence or of the group says beside its sentence.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record ProblemFacts
{
    /// <summary>Whose rule decides.</summary>
    [Id(0)]
    public string? Scope { get; init; }

    /// <summary>The verdict on every region.</summary>
    [Id(1)]
    public RegionVerdictView[]? Regions { get; init; }

    /// <summary>The rules that have nothing in common.</summary>
    [Id(2)]
    public ConflictView[]? Conflicts { get; init; }

    /// <summary>Where to call instead: an origin.</summary>
    [Id(3)]
    public string? FrontDoor { get; init; }

    /// <summary>Where the very same call goes instead.</summary>
    [Id(4)]
    public string? Location { get; init; }

    /// <summary>The present generation of the group.</summary>
    [Id(5)]
    public long? Generation { get; init; }

    /// <summary>The group's present epoch.</summary>
    [Id(6)]
    public long? Epoch { get; init; }
}
