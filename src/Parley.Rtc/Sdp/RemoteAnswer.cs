using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>What a client needs of a server's description.</summary>
public sealed record RemoteAnswer
{
    /// <summary>
    /// What was agreed, the peer being the server: on an m-line that it <see cref="NegotiatedMedia.Publishes"/> the client receives, with <see cref="NegotiatedMedia.RemoteSsrcs"/>;
    /// on one that it <see cref="NegotiatedMedia.Receives"/> the client sends, <see cref="NegotiatedMedia.Rids"/> being the layers that it takes.
    /// </summary>
    public required NegotiatedSession Session { get; init; }

    /// <summary>The server's UDP addresses, best first.</summary>
    public required IReadOnlyList<TransportAddress> Candidates { get; init; }

    /// <summary>Who begins DTLS: <see cref="SdpSetup.Passive"/> is a server that waits for the client's hello.</summary>
    public required SdpSetup Setup { get; init; }

    /// <summary>Whether the server is ICE-lite.</summary>
    public required bool IceLite { get; init; }
}
