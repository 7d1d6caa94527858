using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Rtc.Tests.Ice;

namespace Parley.Rtc.Tests.Sdp;

public class OfferBuilderTests
{
    private static OfferSettings Settings => new()
    {
        Ufrag = "clnt",
        Password = "client-password-of-22-chars",
        Fingerprint = [.. Enumerable.Repeat((byte)0xAB, 32)],
        Entropy = new SeededEntropy(3),
    };

    [Fact]
    public void A_publishers_offer_is_answered_and_read_back()
    {
        SessionDescription offer = OfferBuilder.Publish(Settings, audio: true, video: true);
        SdpAnswer answered = Golden.Answer(offer.ToString());
        RemoteAnswer remote = Read(answered.Text);

        Assert.Equal(("clnt", "client-password-of-22-chars"), (answered.Session.RemoteUfrag, answered.Session.RemotePassword));
        Assert.Equal(Settings.Fingerprint, answered.Session.RemoteFingerprint);
        NegotiatedMedia video = answered.Session.Media[1];
        Assert.Equal([offer.Media[1].Ssrcs[0].Ssrc], video.RemoteSsrcs);
        Assert.Equal(offer.Media[1].Ssrcs[1].Ssrc, video.RemoteRtxSsrc);

        Assert.Equal(("s0t1abcd", "0123456789abcdefghijkl"), (remote.Session.RemoteUfrag, remote.Session.RemotePassword));
        Assert.Equal(Golden.Fingerprint, remote.Session.RemoteFingerprint);
        Assert.Equal(Golden.Settings().Candidates, remote.Candidates);
        Assert.Equal(SdpSetup.Passive, remote.Setup);
        Assert.True(remote.IceLite);
        Assert.All(remote.Session.Media, media => Assert.True(media is { Receives: true, Publishes: false }));
        NegotiatedCodec vp8 = Assert.Single(remote.Session.Media[1].Codecs);
        Assert.Equal((CodecKind.Vp8, OfferBuilder.VideoPayloadType, OfferBuilder.VideoRtxPayloadType), (vp8.Kind, vp8.PayloadType, vp8.RtxPayloadType));
        Assert.Equal((byte)ExtensionKind.TransportSequence, remote.Session.Media[1].Extensions.IdOf(ExtensionKind.TransportSequence));
    }

    [Fact]
    public void A_simulcast_offer_agrees_on_its_layers()
    {
        SdpAnswer answered = Golden.Answer(OfferBuilder.Publish(Settings, audio: false, video: true, "q", "h", "f").ToString());

        NegotiatedMedia camera = Assert.Single(answered.Session.Media);
        Assert.Equal(["q", "h", "f"], camera.Rids.Select(rid => rid.Rid));
        Assert.Empty(camera.RemoteSsrcs);
        Assert.Contains("a=simulcast:recv q;h;f\r\n", answered.Text, StringComparison.Ordinal);
        Assert.Equal(camera.Rids, Read(answered.Text).Session.Media[0].Rids);
    }

    [Fact]
    public void A_players_offer_gets_slots_whose_ssrcs_are_read_back()
    {
        SdpAnswer answered = Golden.Answer(OfferBuilder.Play(Settings, audio: 3, video: 2).ToString());
        RemoteAnswer remote = Read(answered.Text);

        Assert.Equal(5, remote.Session.Media.Count);
        foreach ((NegotiatedMedia ours, NegotiatedMedia theirs) in answered.Session.Media.Zip(remote.Session.Media))
        {
            Assert.True(theirs is { Publishes: true, Receives: false });
            Assert.Equal((ours.Mid, ours.LocalSsrc, ours.LocalRtxSsrc), (theirs.Mid, theirs.RemoteSsrcs[0], theirs.RemoteRtxSsrc));
            Assert.Equal(ours.Kind == MediaKind.Video, ours.LocalRtxSsrc != 0);
        }
    }

    [Theory]
    [InlineData(CodecKind.Vp8)]
    [InlineData(CodecKind.Vp9)]
    [InlineData(CodecKind.Av1)]
    [InlineData(CodecKind.H264)]
    public void Each_video_codec_can_be_published(CodecKind codec)
    {
        SdpAnswer answered = Golden.Answer(OfferBuilder.Publish(Settings with { VideoCodec = codec, Rtx = false }, audio: false, video: true).ToString());
        NegotiatedCodec agreed = Assert.Single(answered.Session.Media[0].Codecs);
        Assert.Equal(codec, agreed.Kind);
        Assert.Null(agreed.RtxPayloadType);
        Assert.True(agreed.TransportFeedback);
    }

    [Fact]
    public void An_answer_that_accepts_nothing_cannot_be_used()
    {
        string answer = Golden.Answer(OfferBuilder.Publish(Settings, audio: true, video: false).ToString()).Text.Replace("m=audio 9", "m=audio 0", StringComparison.Ordinal);
        Assert.False(AnswerReader.TryRead(answer, "clnt", "p", out _, out SdpError? error));
        Assert.Equal(SdpErrorCodes.NoMedia, error.Code);
    }

    private static RemoteAnswer Read(string text)
    {
        bool ok = AnswerReader.TryRead(text, Settings.Ufrag, Settings.Password, out RemoteAnswer? remote, out SdpError? error);
        Assert.True(ok, error?.Detail);
        return remote!;
    }
}
