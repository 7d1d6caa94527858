using System.Text;
using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class AnswererRefusalTests
{
    private static readonly string Whip = Golden.Read("chromium-whip");

    [Theory]
    [InlineData("a=fingerprint:sha-256 ", "a=x-none:", SdpErrorCodes.FingerprintMissing)]
    [InlineData("a=fingerprint:sha-256 ", "a=fingerprint:sha-1 ", SdpErrorCodes.FingerprintMissing)]
    [InlineData("a=ice-ufrag:", "a=x-none:", SdpErrorCodes.IceCredentialsMissing)]
    [InlineData("a=ice-pwd:", "a=x-none:", SdpErrorCodes.IceCredentialsMissing)]
    [InlineData("a=ice-pwd:", "a=ice-pwd:short\na=x-none:", SdpErrorCodes.IceCredentialsMissing)]
    [InlineData("a=setup:actpass", "a=setup:passive", SdpErrorCodes.DtlsRole)]
    [InlineData("a=setup:actpass", "a=setup:holdconn", SdpErrorCodes.DtlsRole)]
    [InlineData("a=rtcp-mux", "a=x-none", SdpErrorCodes.RtcpMuxMissing)]
    [InlineData("a=group:BUNDLE 0 1", "a=x-none", SdpErrorCodes.BundleMissing)]
    [InlineData("a=group:BUNDLE 0 1", "a=group:BUNDLE 0 1 7", SdpErrorCodes.BundleUnknownMid)]
    [InlineData("a=mid:1", "a=mid:0", SdpErrorCodes.MidDuplicate)]
    [InlineData("a=mid:1", "a=mid:12345678901234567", SdpErrorCodes.MidInvalid)]
    [InlineData("a=mid:1", "a=x-none", SdpErrorCodes.MidInvalid)]
    [InlineData("a=msid-semantic: WMS", "a=ice-lite", SdpErrorCodes.IceLiteOffer)]
    [InlineData("v=0", "w=0", SdpErrorCodes.Malformed)]
    [InlineData("m=video 9 ", "m=video x ", SdpErrorCodes.Malformed)]
    [InlineData("/90000", "/91000", null)]
    public void What_cannot_be_served_is_refused_with_its_code(string find, string replacement, string? code)
    {
        string offer = Whip.Replace(find, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Whip, offer);
        if (code is null)
            Assert.Single(Golden.Answer(offer).Session.Media);
        else
            Assert.Equal(code, Golden.Refusal(offer).Code);
    }

    [Fact]
    public void Two_fingerprints_are_ambiguous()
    {
        int last = Whip.LastIndexOf("a=fingerprint:sha-256 0D", StringComparison.Ordinal);
        string offer = Whip[..last] + "a=fingerprint:sha-256 FF" + Whip[(last + "a=fingerprint:sha-256 0D".Length)..];
        Assert.Equal(SdpErrorCodes.FingerprintAmbiguous, Golden.Refusal(offer).Code);
    }

    [Fact]
    public void No_common_codec_at_all_is_refused()
    {
        string offer = Whip.Replace("opus/48000/2", "speex/16000", StringComparison.Ordinal).Replace("/90000", "/91000", StringComparison.Ordinal);
        Assert.Equal(SdpErrorCodes.NoCommonCodec, Golden.Refusal(offer).Code);
    }

    [Fact]
    public void An_offer_without_media_is_refused() =>
        Assert.Equal(SdpErrorCodes.NoMedia, Golden.Refusal("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n").Code);

    [Fact]
    public void A_megabyte_is_refused_before_it_is_read()
    {
        string offer = Whip + new string('x', 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(SdpErrorCodes.TooLarge, Golden.Refusal(offer).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Ten_thousand_m_lines_are_refused_at_the_limit()
    {
        StringBuilder offer = new("v=0\r\n");
        for (int i = 0; i < 10_000; i++)
            offer.Append("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n");
        string text = offer.ToString();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(SdpErrorCodes.TooManyMedia, Golden.Refusal(text).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000);
    }

    [Fact]
    public void Too_many_lines_are_refused() =>
        Assert.Equal(SdpErrorCodes.TooManyLines, Golden.Refusal("v=0\n" + new string('\n', 30_000)).Code);
}
