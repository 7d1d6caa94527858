using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Transports;

/// <summary>Both halves of a transport's SRTP association, made once the handshake gave keys.</summary>
public sealed class SrtpSession : IDisposable
{
    /// <summary>The most SSRCs that a peer may send with.</summary>
    public const int MaximumStreams = 128;

    /// <summary>Derives the session keys.</summary>
    public SrtpSession(SrtpKeys keys)
    {
        Inbound = new SrtpInbound(keys.Profile, keys.RemoteKey, keys.RemoteSalt, MaximumStreams);
        Outbound = new SrtpOutbound(keys.Profile, keys.LocalKey, keys.LocalSalt);
    }

    /// <summary>What the peer sends.</summary>
    public SrtpInbound Inbound { get; }

    /// <summary>What we send.</summary>
    public SrtpOutbound Outbound { get; }

    /// <summary>The drop reason of a packet that was refused.</summary>
    public static DropReason ReasonOf(SrtpResult result) => result switch
    {
        SrtpResult.Replayed => DropReason.SrtpReplayed,
        SrtpResult.TooOld => DropReason.SrtpTooOld,
        SrtpResult.TooManyStreams => DropReason.TooManySsrcs,
        _ => DropReason.SrtpUnauthenticated,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        Inbound.Dispose();
        Outbound.Dispose();
    }
}
