using System.Globalization;
using System.Text;

namespace Parley.Rtc.Sdp;

/// <summary>Writes a description line by line.</summary>
internal sealed class SdpWriter
{
    private readonly StringBuilder _text = new(4096);

    public static string Write(SessionDescription description)
    {
        SdpWriter writer = new();
        writer.WriteSession(description);
        foreach (SdpMedia media in description.Media)
            writer.WriteMedia(media);
        return writer._text.ToString();
    }

    private void Line(string line) => _text.Append(line).Append("\r\n");

    private void Flag(bool isSet, string line)
    {
        if (isSet)
            Line(line);
    }

    private void Text(string prefix, string value)
    {
        if (value.Length > 0)
            Line(prefix + value);
    }

    private void WriteSession(SessionDescription description)
    {
        Line("v=0");
        Line($"o=- {description.SessionId} {description.SessionVersion} IN IP4 127.0.0.1");
        Line("s=-");
        Line("t=0 0");
        if (description.Bundle is not null)
            Line("a=group:BUNDLE " + string.Join(' ', description.Bundle));
        Flag(description.ExtmapAllowMixed, "a=extmap-allow-mixed");
        Flag(description.IceLite, "a=ice-lite");
        WriteTransport(description.IceUfrag, description.IcePassword, description.Fingerprints, description.Setup);
    }

    private void WriteTransport(string ufrag, string password, IReadOnlyList<SdpFingerprint> fingerprints, SdpSetup setup)
    {
        Text("a=ice-ufrag:", ufrag);
        Text("a=ice-pwd:", password);
        foreach (SdpFingerprint fingerprint in fingerprints)
            Line($"a=fingerprint:{fingerprint.Algorithm} {SdpFingerprint.Format(fingerprint.Value)}");
        if (setup != SdpSetup.None)
            Line("a=setup:" + SdpWords.Of(setup));
    }

    private void WriteMedia(SdpMedia media)
    {
        Line($"m={media.Type} {media.Port} {media.Protocol} {string.Join(' ', media.Formats)}");
        Line("c=IN IP4 0.0.0.0");
        foreach (SdpCandidate candidate in media.Candidates)
            Line($"a=candidate:{candidate}");
        Flag(media.EndOfCandidates, "a=end-of-candidates");
        WriteTransport(media.IceUfrag, media.IcePassword, media.Fingerprints, media.Setup);
        Text("a=mid:", media.Mid);
        Flag(media.BundleOnly, "a=bundle-only");
        Flag(media.ExtmapAllowMixed, "a=extmap-allow-mixed");
        if (media.SctpPort != 0)
            Line($"a=sctp-port:{media.SctpPort}");
        if (media.Kind is null)
            return;
        foreach (SdpExtension extension in media.Extensions)
        {
            string direction = extension.Direction == SdpDirection.SendRecv ? "" : "/" + SdpWords.Of(extension.Direction);
            Line($"a=extmap:{extension.Id}{direction} {extension.Uri}");
        }

        Line("a=" + SdpWords.Of(media.Direction));
        Text("a=msid:", media.Msid);
        Flag(media.RtcpMux, "a=rtcp-mux");
        Flag(media.ReducedSizeRtcp, "a=rtcp-rsize");
        foreach (SdpCodec codec in media.Codecs)
            WriteCodec(codec);
        WriteSimulcast(media);
        WriteSsrcs(media);
    }

    private void WriteCodec(SdpCodec codec)
    {
        string channels = codec.Channels > 0 ? $"/{codec.Channels.ToString(CultureInfo.InvariantCulture)}" : "";
        Line($"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}");
        foreach (string feedback in codec.Feedback)
            Line($"a=rtcp-fb:{codec.PayloadType} {feedback}");
        if (codec.FormatParameters.Length > 0)
            Line($"a=fmtp:{codec.PayloadType} {codec.FormatParameters}");
    }

    private void WriteSimulcast(SdpMedia media)
    {
        foreach (SdpRid rid in media.Rids)
            Line($"a=rid:{rid.Id} {(rid.IsSend ? "send" : "recv")}{(rid.Restrictions.Length > 0 ? " " : "")}{rid.Restrictions}");
        string send = Streams(" send ", media.SimulcastSend);
        string receive = Streams(" recv ", media.SimulcastReceive);
        if (send.Length + receive.Length > 0)
            Line($"a=simulcast:{(send + receive).TrimStart()}");
    }

    private static string Streams(string direction, IReadOnlyList<NegotiatedRid> rids) =>
        rids.Count == 0 ? "" : direction + string.Join(';', rids.Select(rid => rid.Paused ? "~" + rid.Rid : rid.Rid));

    private void WriteSsrcs(SdpMedia media)
    {
        foreach (SdpSsrcGroup group in media.SsrcGroups)
            Line($"a=ssrc-group:{group.Semantics} {string.Join(' ', group.Ssrcs)}");
        foreach (SdpSsrc ssrc in media.Ssrcs)
        {
            if (ssrc.CName.Length > 0)
                Line($"a=ssrc:{ssrc.Ssrc} cname:{ssrc.CName}");
            if (ssrc.Msid.Length > 0)
                Line($"a=ssrc:{ssrc.Ssrc} msid:{ssrc.Msid}");
        }
    }
}
