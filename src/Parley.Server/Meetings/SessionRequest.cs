namespace Parley.Server.Meetings;

/// <summary>A WHIP or WHEP session that someone asks for.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record SessionRequest
{
    /// <summary>The offer's SDP.</summary>
    [Id(0)]
    public required string Offer { get; init; }

    /// <summary>Whether it publishes (WHIP) or plays (WHEP).</summary>
    [Id(1)]
    public required bool Publishes { get; init; }

    /// <summary>WHIP: the id that the publisher wants; null: any.</summary>
    [Id(2)]
    public string? Participant { get; init; }

    /// <summary>WHEP: whose tracks to play; null: the whole meeting.</summary>
    [Id(3)]
    public string? Subject { get; init; }

    /// <summary>The country that the front door tells.</summary>
    [Id(4)]
    public required string Country { get; init; }
}
