using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>What an m-line says of the streams that its author sends: simulcast layers and SSRCs.</summary>
internal static class RemoteStreams
{
    public static NegotiatedMedia Add(NegotiatedMedia negotiated, SdpMedia media)
    {
        List<uint> ssrcs = MediaSsrcs(media, out uint rtx);
        return negotiated with { Rids = Rids(negotiated, media), RemoteSsrcs = ssrcs, RemoteRtxSsrc = rtx };
    }

    // Without the extension that names the layers, packets of simulcast could not be told apart: then one stream is agreed (RFC 8853 section 5.2).
    private static List<NegotiatedRid> Rids(NegotiatedMedia negotiated, SdpMedia media)
    {
        List<NegotiatedRid> rids = [];
        if (!negotiated.Extensions.Has(ExtensionKind.Rid))
            return rids;
        foreach (NegotiatedRid stream in media.SimulcastSend)
        {
            bool isDeclared = media.Rids.Any(rid => rid.IsSend && rid.Id == stream.Rid);
            if (isDeclared && !rids.Exists(rid => rid.Rid == stream.Rid))
                rids.Add(stream);
        }

        return rids;
    }

    private static List<uint> MediaSsrcs(SdpMedia media, out uint rtx)
    {
        List<uint> primaries = [];
        HashSet<uint> secondaries = [];
        foreach (SdpSsrcGroup group in media.SsrcGroups)
        {
            if (group.Semantics is "FID" or "FEC-FR")
                secondaries.UnionWith(group.Ssrcs.Skip(1));
            else if (group.Semantics == "SIM")
                primaries.AddRange(group.Ssrcs.Except(primaries));
        }

        primaries.AddRange(media.Ssrcs.Select(ssrc => ssrc.Ssrc).Except(primaries));
        primaries.RemoveAll(secondaries.Contains);
        uint first = primaries.Count > 0 ? primaries[0] : 0;
        SdpSsrcGroup? pair = media.SsrcGroups.FirstOrDefault(group => group.Semantics == "FID" && group.Ssrcs.Count == 2 && group.Ssrcs[0] == first);
        rtx = pair is null ? 0 : pair.Ssrcs[1];
        return primaries;
    }
}
