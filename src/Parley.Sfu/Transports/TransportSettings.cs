using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;

namespace Parley.Sfu.Transports;

/// <summary>What a transport needs to reach its peer.</summary>
public sealed record TransportSettings
{
    /// <summary>How long a peer may take to get keys.</summary>
    public static readonly TimeSpan DefaultConnectingTime = TimeSpan.FromSeconds(15);

    /// <summary>The most SSRCs that a peer may send with.</summary>
    public const int DefaultStreams = 128;

    /// <summary>Our ICE credentials.</summary>
    public required IceCredentials Local { get; init; }

    /// <summary>The peer's ICE credentials.</summary>
    public required IceCredentials Remote { get; init; }

    /// <summary>SHA-256 of the peer's certificate, 32 bytes.</summary>
    public required byte[] RemoteFingerprint { get; init; }

    /// <summary>Whether we send the checks and are the DTLS client; else we wait for both, as towards browsers.</summary>
    public bool Initiates { get; init; }

    /// <summary>Where to send checks, when we initiate.</summary>
    public IReadOnlyList<TransportAddress> RemoteAddresses { get; init; } = [];

    /// <summary>How long the transport may take to get keys.</summary>
    public TimeSpan ConnectingTime { get; init; } = DefaultConnectingTime;

    /// <summary>The most SSRCs that the peer may send with.</summary>
    public int MaximumStreams { get; init; } = DefaultStreams;

    /// <summary>What offer and answer agreed on with a browser.</summary>
    public static TransportSettings From(NegotiatedSession session) => new()
    {
        Local = new IceCredentials(session.LocalUfrag, session.LocalPassword),
        Remote = new IceCredentials(session.RemoteUfrag, session.RemotePassword),
        RemoteFingerprint = session.RemoteFingerprint,
    };
}
