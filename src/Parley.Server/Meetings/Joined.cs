namespace Parley.Server.Meetings;

/// <summary>The answer of <c>join</c>; see docs/protocol.md.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record Joined
{
    /// <summary>The newcomer's id.</summary>
    [Id(0)]
    public required string Participant { get; init; }

    /// <summary>What gets the place back after a lost connection.</summary>
    [Id(1)]
    public required string Resume { get; init; }

    /// <summary>The answer's SDP.</summary>
    [Id(2)]
    public required string Answer { get; init; }

    /// <summary>The meeting.</summary>
    [Id(3)]
    public required MeetingInfo Meeting { get; init; }

    /// <summary>Everyone in it, in the order of joining.</summary>
    [Id(4)]
    public required ParticipantInfo[] Participants { get; init; }

    /// <summary>What the slots show; slots of a new transport are empty.</summary>
    [Id(5)]
    public required SlotInfo[] Slots { get; init; }

    /// <summary>The dominant speaker; null: nobody yet.</summary>
    [Id(6)]
    public required string? Speaker { get; init; }
}
