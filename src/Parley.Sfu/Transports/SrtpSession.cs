using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Transports;

/// <summary>Both halves of a transport's SRTP association, made once the handshake gave keys.</summary>
public sealed class SrtpSession : IDisposable
{
    /// <summary>Derives the session keys.</summary>
    /// <param name="keys">The keys of the handshake.</param>
    /// <param name="maximumStreams">The most SSRCs that the peer may send with.</param>
    public SrtpSession(SrtpKeys keys, int maximumStreams)
    {
        Inbound = new SrtpInbound(keys.Profile, keys.RemoteKey, keys.RemoteSalt, maximumStreams);
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
