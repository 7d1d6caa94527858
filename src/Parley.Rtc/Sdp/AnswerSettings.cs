using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>What our side brings to an answer.</summary>
public sealed record AnswerSettings
{
    /// <summary>Our ICE user fragment: 4 to 256 ice-chars; it names the shard and the transport.</summary>
    public required string Ufrag { get; init; }

    /// <summary>Our ICE password, at least 22 ice-chars.</summary>
    public required string Password { get; init; }

    /// <summary>SHA-256 of our DTLS certificate, 32 bytes.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>The addresses on which the shard listens, best first: UDP host candidates.</summary>
    public required IReadOnlyList<TransportAddress> Candidates { get; init; }

    /// <summary>The addresses at which the node takes ICE-TCP, best first: passive TCP host candidates (RFC 6544), worse than all of UDP.</summary>
    public IReadOnlyList<TransportAddress> TcpCandidates { get; init; } = [];

    /// <summary>Where SSRCs and the session id come from.</summary>
    public required IEntropy Entropy { get; init; }

    /// <summary>The most m-lines an offer may have.</summary>
    public int MaximumMedia { get; init; } = 128;

    /// <summary>The session that a re-offer continues: slots keep their SSRCs by mid. Null at first.</summary>
    public NegotiatedSession? Previous { get; init; }
}
