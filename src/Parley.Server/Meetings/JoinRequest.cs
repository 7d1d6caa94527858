namespace Parley.Server.Meetings;

/// <summary>The argument of <c>join</c>; see docs/protocol.md.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record JoinRequest
{
    /// <summary>The meeting's id.</summary>
    [Id(0)]
    public required string Meeting { get; init; }

    /// <summary>The newcomer's name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The offer's SDP.</summary>
    [Id(2)]
    public required string Offer { get; init; }

    /// <summary>What each sending m-line carries, by mid.</summary>
    [Id(3)]
    public Dictionary<string, string> Tracks { get; init; } = [];

    /// <summary>The token of an earlier join.</summary>
    [Id(4)]
    public string? Resume { get; init; }

    /// <summary>Whether the microphone is on.</summary>
    [Id(5)]
    public bool Microphone { get; init; }

    /// <summary>Whether the camera is on.</summary>
    [Id(6)]
    public bool Camera { get; init; }
}
