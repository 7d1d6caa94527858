using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Sdp;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Finds out which layer a new SSRC of a transport carries: by what the offer named, else by MID and RID, else by MID and payload type, else by a payload type that only one
/// track has (RFC 9143 section 9.2). Retransmissions come by the repaired RID or the SSRC group.
/// </summary>
public sealed class SsrcLearner
{
    private readonly SsrcTable _table;

    /// <summary>Makes a learner that fills <paramref name="table"/>.</summary>
    public SsrcLearner(SsrcTable table) => _table = table;

    /// <summary>Enters the SSRCs that the offer named for a track without simulcast.</summary>
    public void Announce(Track track)
    {
        NegotiatedMedia media = track.Media;
        if (track.IsSimulcast || media.RemoteSsrcs.Count == 0)
            return;
        // The layer must know its SSRC too: requests name it, and repaired packets are put back under it.
        if (_table.TryBind(media.RemoteSsrcs[0], track.Layers[0], isRtx: false))
            track.Layers[0].Bind(media.RemoteSsrcs[0], isRtx: false);
        if (media.RemoteRtxSsrc != 0)
            _table.TryBind(media.RemoteRtxSsrc, track.Layers[0], isRtx: true);
    }

    /// <summary>Learns from a packet with an unknown SSRC; null when it tells nothing, or the transport has too many.</summary>
    public LayerStream? Learn(in RtpHeaderView header, ExtensionMap extensions, ReadOnlySpan<Track> tracks, out bool isRtx)
    {
        isRtx = false;
        Track? track = FindTrack(header, extensions, tracks);
        if (track is null)
            return null;
        isRtx = track.IsRtx(header.PayloadType);
        if (!isRtx && track.CodecOf(header.PayloadType) is null)
            return null;
        LayerStream? layer = FindLayer(track, header, extensions, isRtx);
        return layer is not null && _table.TryBind(header.Ssrc, layer, isRtx) ? layer : null;
    }

    private static Track? FindTrack(in RtpHeaderView header, ExtensionMap extensions, ReadOnlySpan<Track> tracks)
    {
        if (header.TryGetExtension(ExtensionKind.Mid, extensions, out ReadOnlySpan<byte> mid) && StreamNames.IsMid(mid))
        {
            foreach (Track track in tracks)
            {
                if (mid.SequenceEqual(track.MidBytes))
                    return track;
            }

            return null;
        }

        return FindOnlyTrackWith(header.PayloadType, tracks);
    }

    private static Track? FindOnlyTrackWith(byte payloadType, ReadOnlySpan<Track> tracks)
    {
        Track? only = null;
        foreach (Track track in tracks)
        {
            if (track.CodecOf(payloadType) is null && !track.IsRtx(payloadType))
                continue;
            if (only is not null)
                return null;
            only = track;
        }

        return only;
    }

    private static LayerStream? FindLayer(Track track, in RtpHeaderView header, ExtensionMap extensions, bool isRtx)
    {
        if (!track.IsSimulcast)
            return track.Layers[0];
        ExtensionKind kind = isRtx ? ExtensionKind.RepairedRid : ExtensionKind.Rid;
        if (!header.TryGetExtension(kind, extensions, out ReadOnlySpan<byte> rid) || !StreamNames.IsRid(rid))
            return null;
        foreach (LayerStream layer in track.Layers)
        {
            if (rid.SequenceEqual(layer.RidBytes))
                return layer;
        }

        return null;
    }
}
