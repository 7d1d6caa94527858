using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class GoldenAnswerTests
{
    public static TheoryData<string> Offers => Golden.All;

    [Theory]
    [MemberData(nameof(Offers))]
    public void Each_answer_keeps_the_rules_of_offer_and_answer(string name)
    {
        SessionDescription offer = Golden.Parse(Golden.Read(name));
        SdpAnswer answered = Golden.Answer(Golden.Read(name));
        SessionDescription answer = Golden.Parse(answered.Text);

        Assert.True(answer.IceLite);
        Assert.Equal(offer.ExtmapAllowMixed, answer.ExtmapAllowMixed);
        Assert.Equal(offer.Media.Select(media => (media.Type, media.Mid)), answer.Media.Select(media => (media.Type, media.Mid)));
        Assert.Equal(answer.Media.Where(media => !media.IsRejected).Select(media => media.Mid), answer.Bundle!.Order(new OfferOrder(offer)));
        Assert.Equal(2, answer.Media.Sum(media => media.Candidates.Count));
        foreach ((SdpMedia offered, SdpMedia media) in offer.Media.Zip(answer.Media))
            CheckMedia(offered, media);
        CheckPayloadTypes(answer);
    }

    [Theory]
    [InlineData("chromium-meeting")]
    [InlineData("firefox-meeting")]
    public void A_meeting_offer_publishes_simulcast_and_gets_twelve_slots(string name)
    {
        NegotiatedSession session = Golden.Answer(Golden.Read(name)).Session;

        Assert.Equal(14, session.Media.Count);
        Assert.Equal([MediaKind.Audio, MediaKind.Video], session.Media.Where(media => media.Publishes).Select(media => media.Kind));
        NegotiatedMedia camera = session.Media[1];
        Assert.Equal(["q", "h", "f"], camera.Rids.Select(rid => rid.Rid));
        Assert.True(camera.Extensions.Has(ExtensionKind.Rid) && camera.Extensions.Has(ExtensionKind.RepairedRid));
        Assert.Equal(CodecKind.Vp8, camera.Codecs[0].Kind);
        Assert.NotNull(camera.Codecs[0].RtxPayloadType);
        NegotiatedMedia[] slots = [.. session.Media.Where(media => media.Receives)];
        Assert.Equal(12, slots.Length);
        Assert.All(slots, slot => Assert.False(slot.Extensions.Has(ExtensionKind.Rid)));
        Assert.All(session.Media, media => Assert.True(media.Extensions.Has(ExtensionKind.Mid)));
        Assert.All(session.Media, media => Assert.True(media.Extensions.Has(ExtensionKind.TransportSequence)));
        uint[] ssrcs = [.. slots.SelectMany(slot => new[] { slot.LocalSsrc, slot.LocalRtxSsrc }).Where(ssrc => ssrc != 0)];
        Assert.Equal(3 + 9 + 9, ssrcs.Length);
        Assert.Equal(ssrcs.Length, ssrcs.Distinct().Count());
    }

    [Fact]
    public void Chromiums_video_codecs_come_in_our_order()
    {
        NegotiatedMedia video = Golden.Answer(Golden.Read("chromium-whip")).Session.Media[1];

        Assert.Equal(
            [(CodecKind.Vp8, 0, 96), (CodecKind.Vp9, 0, 98), (CodecKind.Vp9, 2, 100), (CodecKind.Av1, 0, 45)],
            video.Codecs.Take(4).Select(codec => (codec.Kind, codec.Compatibility, (int)codec.PayloadType)));
        Assert.Equal([108, 102, 116], video.Codecs.Skip(4).Select(codec => (int)codec.PayloadType));
        Assert.All(video.Codecs, codec => Assert.True(codec is { Nack: true, PictureLossIndication: true, FullIntraRequest: true, TransportFeedback: true }));
        Assert.Equal([97, 99, 101, 46, 109, 103, 117], video.Codecs.Select(codec => (int)codec.RtxPayloadType!.Value));
    }

    [Fact]
    public void Audio_is_opus_then_red_and_nothing_else()
    {
        NegotiatedSession session = Golden.Answer(Golden.Read("chromium-whip")).Session;
        Assert.Equal([CodecKind.Opus, CodecKind.Red], session.Media[0].Codecs.Select(codec => codec.Kind));
        Assert.Equal([CodecKind.Opus], Golden.Answer(Golden.Read("firefox-whip")).Session.Media[0].Codecs.Select(codec => codec.Kind));
        Assert.True(session.Media[0].Extensions.Has(ExtensionKind.AudioLevel));
    }

    [Fact]
    public void Ssrcs_that_the_offer_names_are_kept()
    {
        NegotiatedMedia chromium = Golden.Answer(Golden.Read("chromium-whip")).Session.Media[1];
        Assert.Equal([2616581907u], chromium.RemoteSsrcs);
        Assert.Equal(3479653284u, chromium.RemoteRtxSsrc);
        NegotiatedMedia firefox = Golden.Answer(Golden.Read("firefox-meeting")).Session.Media[1];
        Assert.Equal([903970350u, 3433738942u, 1270741346u], firefox.RemoteSsrcs);
        Assert.Equal(1734175440u, firefox.RemoteRtxSsrc);
    }

    [Fact]
    public void A_data_channel_is_rejected_and_leaves_the_bundle()
    {
        SdpAnswer answered = Golden.Answer(Golden.Read("chromium-sendrecv"));
        SessionDescription answer = Golden.Parse(answered.Text);

        Assert.True(answer.Media[2].IsRejected);
        Assert.Equal(["0", "1"], answer.Bundle);
        Assert.Contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n", answered.Text, StringComparison.Ordinal);
        Assert.All(answered.Session.Media, media => Assert.True(media is { Publishes: true, Receives: true }));
    }

    [Fact]
    public void Firefoxs_one_way_extensions_are_answered_the_other_way()
    {
        SessionDescription answer = Golden.Parse(Golden.Answer(Golden.Read("firefox-meeting")).Text);
        string descriptor = ExtensionUris.Of(ExtensionKind.DependencyDescriptor);
        SdpExtension camera = Assert.Single(answer.Media[1].Extensions, extension => extension.Uri == descriptor);
        Assert.Equal(SdpDirection.RecvOnly, camera.Direction);
        Assert.DoesNotContain(answer.Media[1].Extensions, extension => extension.Uri == ExtensionUris.Of(ExtensionKind.PlayoutDelay));
    }

    [Fact]
    public void A_player_of_one_participant_gets_one_stream_and_slots_get_their_own()
    {
        SessionDescription player = Golden.Parse(Golden.Answer(Golden.Read("chromium-whep")).Text);
        Assert.Single(player.Media.Select(media => media.Msid.Split(' ')[0]).Distinct());
        SessionDescription meeting = Golden.Parse(Golden.Answer(Golden.Read("chromium-meeting")).Text);
        Assert.Equal(12, meeting.Media.Skip(2).Select(media => media.Msid.Split(' ')[0]).Distinct().Count());
    }

    private static void CheckMedia(SdpMedia offered, SdpMedia media)
    {
        if (media.IsRejected)
            return;
        Assert.Equal(SdpSetup.Passive, media.Setup);
        Assert.True(media.RtcpMux);
        Assert.Equal(Golden.Fingerprint, Assert.Single(media.Fingerprints).Value);
        SdpDirection expected = offered.Direction switch
        {
            SdpDirection.SendOnly => SdpDirection.RecvOnly,
            SdpDirection.RecvOnly => SdpDirection.SendOnly,
            _ => offered.Direction,
        };
        Assert.Equal(expected, media.Direction);
        Assert.Equal(media.Formats, media.Codecs.Select(codec => $"{codec.PayloadType}"));
        Assert.Empty(media.Formats.Except(offered.Formats));
        Assert.Empty(media.Extensions.Select(extension => (extension.Id, extension.Uri)).Except(offered.Extensions.Select(extension => (extension.Id, extension.Uri))));
        Assert.DoesNotContain(media.Extensions, extension => extension.Uri.Contains("abs-send-time", StringComparison.Ordinal));
        Assert.DoesNotContain(media.Codecs, codec => codec.Is("ulpfec") || codec.Is("flexfec-03") || (codec.Is("red") && media.Type == "video"));
        Assert.All(media.Codecs.SelectMany(codec => codec.Feedback), text => Assert.Contains(text, (string[])["nack", "nack pli", "ccm fir", "transport-cc"]));
        bool sends = media.Direction.HasFlag(SdpDirection.SendOnly);
        Assert.Equal(sends, media.Ssrcs.Count > 0);
        Assert.All(media.Ssrcs, ssrc => Assert.Equal((Answerer.CName, media.Msid), (ssrc.CName, ssrc.Msid)));
    }

    private static void CheckPayloadTypes(SessionDescription answer)
    {
        Dictionary<byte, string> table = [];
        foreach (SdpCodec codec in answer.Media.SelectMany(media => media.Codecs))
        {
            string meaning = $"{codec.Name}/{codec.ClockRate} {codec.Parameter("apt")} {codec.Parameter("profile-id")}";
            Assert.Equal(meaning, table.GetValueOrDefault(codec.PayloadType, meaning));
            table[codec.PayloadType] = meaning;
        }
    }

    private sealed class OfferOrder(SessionDescription offer) : IComparer<string>
    {
        public int Compare(string? x, string? y) => IndexOf(x) - IndexOf(y);

        private int IndexOf(string? mid) => offer.Media.ToList().FindIndex(media => media.Mid == mid);
    }
}
