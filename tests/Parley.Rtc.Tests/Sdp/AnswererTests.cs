using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class AnswererTests
{
    private static readonly string Whip = Golden.Read("chromium-whip");
    private static readonly string Meeting = Golden.Read("chromium-meeting");

    [Fact]
    public void Candidates_stand_in_the_first_accepted_m_line_best_first()
    {
        string text = Golden.Answer(Whip).Text;
        Assert.Contains(
            "a=candidate:1 1 udp 2130706431 192.0.2.7 40000 typ host\r\na=candidate:2 1 udp 2130706175 198.51.100.7 40000 typ host\r\na=end-of-candidates\r\n",
            text,
            StringComparison.Ordinal);
        Assert.True(text.IndexOf("a=candidate", StringComparison.Ordinal) < text.IndexOf("m=video", StringComparison.Ordinal));
        Assert.DoesNotContain("trickle", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_m_line_of_the_bundle_must_be_served()
    {
        string offer = Whip.Replace("opus/48000/2", "speex/16000", StringComparison.Ordinal);
        Assert.Equal(SdpErrorCodes.FirstMediaUnusable, Golden.Refusal(offer).Code);
    }

    [Fact]
    public void When_the_first_m_line_was_stopped_the_next_leads_the_bundle()
    {
        string offer = Whip.Replace("m=audio 9", "m=audio 0", StringComparison.Ordinal).Replace("BUNDLE 0 1", "BUNDLE 1", StringComparison.Ordinal);
        SessionDescription answer = Golden.Parse(Golden.Answer(offer).Text);
        Assert.True(answer.Media[0].IsRejected);
        Assert.Equal(["1"], answer.Bundle);
        Assert.Empty(answer.Media[0].Candidates);
        Assert.Equal(2, answer.Media[1].Candidates.Count);
    }

    [Fact]
    public void An_m_line_outside_the_bundle_is_rejected()
    {
        SessionDescription answer = Golden.Parse(Golden.Answer(Whip.Replace("BUNDLE 0 1", "BUNDLE 0", StringComparison.Ordinal)).Text);
        Assert.Equal([false, true], answer.Media.Select(media => media.IsRejected));
        Assert.Equal(["0"], answer.Bundle);
    }

    [Fact]
    public void A_stopped_m_line_stays_rejected_and_one_that_is_bundle_only_is_accepted()
    {
        string stopped = Whip.Replace("m=video 9", "m=video 0", StringComparison.Ordinal);
        Assert.Single(Golden.Answer(stopped).Session.Media);
        Assert.Equal(2, Golden.Answer(stopped.Replace("a=mid:1", "a=bundle-only\na=mid:1", StringComparison.Ordinal)).Session.Media.Count);
    }

    [Fact]
    public void A_single_m_line_needs_no_bundle()
    {
        string audio = Whip[..Whip.IndexOf("m=video", StringComparison.Ordinal)].Replace("a=group:BUNDLE 0 1", "a=x-none", StringComparison.Ordinal);
        SdpAnswer answered = Golden.Answer(audio);
        Assert.Single(answered.Session.Media);
        Assert.DoesNotContain("a=group", answered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paused_layer_is_noted_and_taken_all_the_same()
    {
        SdpAnswer answered = Golden.Answer(Meeting.Replace("a=simulcast:send q;h;f", "a=simulcast:send q;~h,f;f", StringComparison.Ordinal));
        Assert.Equal([new("q", false), new("h", true), new NegotiatedRid("f", false)], answered.Session.Media[1].Rids);
        Assert.Contains("a=simulcast:recv q;h;f\r\n", answered.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "a=x-none")]
    [InlineData("a=simulcast:send q;h;f", "a=x-none")]
    [InlineData("a=simulcast:send q;h;f", "a=simulcast:send x;y")]
    public void Without_named_layers_there_is_no_simulcast(string find, string replacement)
    {
        SdpAnswer answered = Golden.Answer(Meeting.Replace(find, replacement, StringComparison.Ordinal));
        Assert.Empty(answered.Session.Media[1].Rids);
        Assert.DoesNotContain("simulcast", answered.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minptime=10;useinbandfec=1", "minptime=10;useinbandfec=1")]
    [InlineData("stereo=1;usedtx=1", "stereo=1;usedtx=1;useinbandfec=1")]
    [InlineData("useinbandfec=0", "useinbandfec=0")]
    public void Opus_keeps_its_parameters_and_gets_forward_error_correction(string offered, string answered)
    {
        SdpAnswer answer = Golden.Answer(Whip.Replace("minptime=10;useinbandfec=1", offered, StringComparison.Ordinal));
        Assert.Contains($"a=fmtp:111 {answered}\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal(offered, answer.Session.Media[0].Codecs[0].FormatParameters);
    }

    [Theory]
    [InlineData("a=fmtp:63 111/111", "a=fmtp:63 111/9")]
    [InlineData("a=fmtp:63 111/111", "a=x-none")]
    [InlineData("red/48000/2", "red/8000")]
    public void Red_around_anything_but_opus_is_not_taken(string find, string replacement)
    {
        NegotiatedMedia audio = Golden.Answer(Whip.Replace(find, replacement, StringComparison.Ordinal)).Session.Media[0];
        Assert.Equal(CodecKind.Opus, Assert.Single(audio.Codecs).Kind);
    }

    [Fact]
    public void Feedback_for_all_formats_counts_for_each()
    {
        string offer = Golden.Read("gstreamer-whip").Replace("a=rtcp-fb:96 ccm fir", "a=rtcp-fb:* ccm fir\na=rtcp-fb:* nack", StringComparison.Ordinal);
        NegotiatedCodec vp8 = Golden.Answer(offer).Session.Media[0].Codecs[0];
        Assert.True(vp8 is { Nack: true, PictureLossIndication: true, FullIntraRequest: true, RtxPayloadType: null });
    }

    [Fact]
    public void Transport_feedback_needs_its_header_extension()
    {
        SdpAnswer answered = Golden.Answer(Golden.Read("gstreamer-whip"));
        Assert.All(answered.Session.Media, media => Assert.False(media.Codecs[0].TransportFeedback));
        Assert.DoesNotContain("transport-cc", answered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_type_with_two_meanings_counts_with_the_first()
    {
        string video = Whip[Whip.IndexOf("m=video", StringComparison.Ordinal)..];
        string second = video.Replace("a=mid:1", "a=mid:2", StringComparison.Ordinal).Replace("rtpmap:96 VP8", "rtpmap:96 AV1", StringComparison.Ordinal);
        string offer = Whip.Replace("BUNDLE 0 1", "BUNDLE 0 1 2", StringComparison.Ordinal) + second;

        NegotiatedMedia last = Golden.Answer(offer).Session.Media[2];
        Assert.DoesNotContain(last.Codecs, codec => codec.PayloadType == 96);
        Assert.NotEmpty(last.Codecs);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(95)]
    public void Payload_types_that_look_like_rtcp_are_not_taken(int payloadType)
    {
        string offer = Golden.Read("gstreamer-whip").Replace("SAVPF 96", $"SAVPF {payloadType}", StringComparison.Ordinal)
            .Replace(":96 ", $":{payloadType} ", StringComparison.Ordinal);
        Assert.Equal(SdpErrorCodes.FirstMediaUnusable, Golden.Refusal(offer).Code);
    }

    [Fact]
    public void Session_wide_lines_hold_for_all_m_lines()
    {
        NegotiatedSession session = Golden.Answer(Golden.Read("firefox-whep")).Session;
        Assert.Equal(32, session.RemoteFingerprint.Length);
        Assert.Equal(2, session.Media.Count);
    }
}
