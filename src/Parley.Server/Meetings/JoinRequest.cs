using Parley.Server.Encryption;
using Parley.Server.Geofences;

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

    /// <summary>The newcomer's own geofence.</summary>
    [Id(7)]
    public GeofenceInput? Fence { get; init; }

    /// <summary>What the client measured, milliseconds by region.</summary>
    [Id(8)]
    public Dictionary<string, double>? RoundTrips { get; init; }

    /// <summary>The host key, for those who have it.</summary>
    [Id(9)]
    public string? HostKey { get; init; }

    /// <summary>Where the client pretends to be.</summary>
    [Id(10)]
    public string? Place { get; init; }

    /// <summary>Where the client's state of the meeting's group is; null: it has none.</summary>
    [Id(11)]
    public GroupPosition? Group { get; init; }
}
