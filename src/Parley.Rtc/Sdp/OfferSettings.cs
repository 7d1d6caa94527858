using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>What a client brings to its offer.</summary>
public sealed record OfferSettings
{
    /// <summary>ICE user fragment, 4 to 256 ice-chars.</summary>
    public required string Ufrag { get; init; }

    /// <summary>ICE password, at least 22 ice-chars.</summary>
    public required string Password { get; init; }

    /// <summary>SHA-256 of the client's DTLS certificate, 32 bytes.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Where SSRCs and the session id come from.</summary>
    public required IEntropy Entropy { get; init; }

    /// <summary>The codec of video m-lines.</summary>
    public CodecKind VideoCodec { get; init; } = CodecKind.Vp8;

    /// <summary>Whether retransmissions have a stream of their own (RFC 4588).</summary>
    public bool Rtx { get; init; } = true;

    /// <summary>Whether the transport-wide sequence number is offered.</summary>
    public bool TransportSequence { get; init; } = true;
}
