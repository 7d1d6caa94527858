namespace Parley.Sfu.Transports;

/// <summary>What a new DTLS association needs.</summary>
public sealed record DtlsSettings
{
    /// <summary>Who sends the first hello.</summary>
    public required DtlsRole Role { get; init; }

    /// <summary>SHA-256 of the peer's certificate as its SDP names it, 32 bytes; any other certificate fails the handshake.</summary>
    public required byte[] RemoteFingerprint { get; init; }

    /// <summary>The ICE round trip, from which the retransmission timer starts; zero when not known.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>Called from any thread when the association has something to do for its owner: a datagram to send, a new state. Must not block.</summary>
    public required Action Activity { get; init; }
}
