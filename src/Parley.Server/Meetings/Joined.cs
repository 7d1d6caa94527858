using Parley.Server.Encryption;
using Parley.Server.Routes;

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

    /// <summary>Whether the newcomer is a host.</summary>
    [Id(7)]
    public required bool Host { get; init; }

    /// <summary>The country in which the front door places the newcomer.</summary>
    [Id(8)]
    public required string Place { get; init; }

    /// <summary>The node that answered.</summary>
    [Id(9)]
    public required NodeInfo Node { get; init; }

    /// <summary>The live route.</summary>
    [Id(10)]
    public required RouteInfo Route { get; init; }

    /// <summary>What the newcomer has to do about the group.</summary>
    [Id(11)]
    public required GroupEntry Encryption { get; init; }
}
