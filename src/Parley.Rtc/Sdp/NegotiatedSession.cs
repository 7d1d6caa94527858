namespace Parley.Rtc.Sdp;

/// <summary>What one offer and our answer agreed on: all that the media server needs to run the transport (RFC 8829 section 5).</summary>
public sealed record NegotiatedSession
{
    /// <summary>The peer's ICE user fragment (RFC 8839 section 5.4).</summary>
    public required string RemoteUfrag { get; init; }

    /// <summary>The peer's ICE password.</summary>
    public required string RemotePassword { get; init; }

    /// <summary>Our ICE user fragment, as our answer said.</summary>
    public required string LocalUfrag { get; init; }

    /// <summary>Our ICE password, as our answer said.</summary>
    public required string LocalPassword { get; init; }

    /// <summary>SHA-256 of the peer's DTLS certificate, 32 bytes (RFC 8122).</summary>
    public required byte[] RemoteFingerprint { get; init; }

    /// <summary>The m-lines in their order, rejected ones left out.</summary>
    public required IReadOnlyList<NegotiatedMedia> Media { get; init; }

    /// <summary>The session's id in the <c>o=</c> line of our answers: a re-offer's answer repeats it.</summary>
    public ulong SessionId { get; init; }

    /// <summary>The version in the <c>o=</c> line of our answer: one more with each answer of a session.</summary>
    public ulong SessionVersion { get; init; }
}
