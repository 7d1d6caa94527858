namespace Parley.Server.Meetings;

/// <summary>The argument of <c>negotiate</c>; see docs/protocol.md.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record NegotiateRequest
{
    /// <summary>The offer's SDP.</summary>
    [Id(0)]
    public required string Offer { get; init; }

    /// <summary>What each sending m-line carries, by mid.</summary>
    [Id(1)]
    public Dictionary<string, string> Tracks { get; init; } = [];

    /// <summary>Whether the offer is of a new peer connection.</summary>
    [Id(2)]
    public bool Restart { get; init; }
}
