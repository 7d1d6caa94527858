using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class ReofferTests
{
    [Fact]
    public void Slots_keep_their_ssrcs_and_the_session_goes_on()
    {
        SdpAnswer first = Golden.Answer(Golden.Read("chromium-whep"));
        SdpAnswer second = Golden.Answer(Grown(), first.Session);

        Assert.Equal(first.Session.SessionId, second.Session.SessionId);
        Assert.Equal(first.Session.SessionVersion + 1, second.Session.SessionVersion);
        Assert.Contains($"o=- {first.Session.SessionId} 2 IN IP4 ", second.Text, StringComparison.Ordinal);
        Assert.Equal(3, second.Session.Media.Count);
        foreach ((NegotiatedMedia before, NegotiatedMedia after) in first.Session.Media.Zip(second.Session.Media))
            Assert.Equal((before.Mid, before.LocalSsrc, before.LocalRtxSsrc), (after.Mid, after.LocalSsrc, after.LocalRtxSsrc));
        uint[] ssrcs = [.. second.Session.Media.SelectMany(media => new[] { media.LocalSsrc, media.LocalRtxSsrc }).Where(ssrc => ssrc != 0)];
        Assert.Equal(5, ssrcs.Distinct().Count());
    }

    [Fact]
    public void The_same_entropy_again_gives_no_ssrc_twice()
    {
        // The settings' entropy starts anew with each answer here, so new slots draw the numbers that old ones hold.
        SdpAnswer first = Golden.Answer(Golden.Read("chromium-whep"));
        SdpAnswer second = Golden.Answer(Golden.Read("chromium-whep").Replace("a=mid:", "a=mid:new", StringComparison.Ordinal)
            .Replace("BUNDLE 0 1", "BUNDLE new0 new1", StringComparison.Ordinal), first.Session);
        Assert.Empty(first.Session.Media.Select(media => media.LocalSsrc).Intersect(second.Session.Media.Select(media => media.LocalSsrc)));
    }

    // The player's offer with one more video m-line.
    private static string Grown()
    {
        string offer = Golden.Read("chromium-whep");
        string video = offer[offer.IndexOf("m=video", StringComparison.Ordinal)..];
        return offer.Replace("BUNDLE 0 1", "BUNDLE 0 1 2", StringComparison.Ordinal) + video.Replace("a=mid:1", "a=mid:2", StringComparison.Ordinal);
    }
}
