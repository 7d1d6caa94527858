using CsCheck;
using Parley.Rtc.Srtp;
using static Parley.Rtc.Tests.Srtp.SrtpTestData;

namespace Parley.Rtc.Tests.Srtp;

public sealed class SrtpInboundTests
{
    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void A_replayed_packet_is_refused(SrtpProfile profile, SrtpBackend backend)
    {
        using SrtpOutbound outbound = Outbound(profile, backend);
        using SrtpInbound inbound = Inbound(profile, backend);
        byte[] packet = Protected(outbound, 5, 1_000);
        byte[] copy = [.. packet];
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(packet, 12, out _, out _));
        Assert.Equal(SrtpResult.Replayed, inbound.UnprotectRtp(copy, 12, out int length, out _));
        Assert.Equal(0, length);

        byte[] report = ProtectedReport(outbound, 5);
        copy = [.. report];
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(report, out _));
        Assert.Equal(SrtpResult.Replayed, inbound.UnprotectRtcp(copy, out length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void The_window_reaches_back_1024_packets()
    {
        using SrtpOutbound outbound = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 5, 5_000), 12, out _, out _));
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 5, 5_000 - 1_023), 12, out _, out _));
        Assert.Equal(SrtpResult.TooOld, inbound.UnprotectRtp(Protected(outbound, 5, 5_000 - 1_024), 12, out _, out _));
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void Any_flipped_bit_is_refused_and_changes_no_state(SrtpProfile profile, SrtpBackend backend)
    {
        using SrtpOutbound outbound = Outbound(profile, backend);
        byte[] packet = Protected(outbound, 5, 1_000);
        byte[] report = ProtectedReport(outbound, 5);
        using SrtpInbound inbound = Inbound(profile, backend);
        for (int bit = 0; bit < packet.Length * 8; bit++)
        {
            byte[] damaged = [.. packet];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SrtpResult.NotAuthentic, inbound.UnprotectRtp(damaged, 12, out _, out _));
        }

        for (int bit = 0; bit < report.Length * 8; bit++)
        {
            byte[] damaged = [.. report];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SrtpResult.NotAuthentic, inbound.UnprotectRtcp(damaged, out _));
        }

        Assert.Equal(0, inbound.StreamCount);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(packet, 12, out _, out long extended));
        Assert.Equal(1_000, extended);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(report, out _));
    }

    [Fact]
    public void A_forged_sequence_number_does_not_move_the_rollover_count()
    {
        using SrtpOutbound outbound = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 5, 60_000), 12, out _, out _));
        byte[] forged = new byte[60];
        WriteRtp(forged, 5, 0x10000 + 20_000);
        Assert.Equal(SrtpResult.NotAuthentic, inbound.UnprotectRtp(forged, 12, out _, out _));
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 5, 60_001), 12, out _, out long extended));
        Assert.Equal(60_001, extended);
    }

    [Fact]
    public void A_flood_of_unknown_SSRCs_makes_no_state()
    {
        using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        byte[] packet = new byte[100];
        Send(1);
        long allocated = Allocations.Of(() =>
        {
            for (uint ssrc = 0; ssrc < 50_000; ssrc++)
                Send(ssrc);
        });
        Assert.Equal(0, inbound.StreamCount);
        if (SrtpBackendSupport.IsNativeAvailable)
            Assert.Equal(0, allocated);

        void Send(uint ssrc)
        {
            WriteRtp(packet, ssrc, ssrc & 0xFFFF);
            if (inbound.UnprotectRtp(packet, 12, out _, out _) != SrtpResult.NotAuthentic || inbound.UnprotectRtcp(packet, out _) != SrtpResult.NotAuthentic)
                throw new InvalidOperationException("A forged packet was accepted.");
        }
    }

    [Fact]
    public void An_authentic_peer_gets_no_more_streams_than_allowed()
    {
        using SrtpOutbound outbound = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic, maximumStreams: 2);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 1, 10), 12, out _, out _));
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 2, 10), 12, out _, out _));
        Assert.Equal(SrtpResult.TooManyStreams, inbound.UnprotectRtp(Protected(outbound, 3, 10), 12, out _, out _));
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 2, 11), 12, out _, out _));
        inbound.RemoveStream(2);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 3, 11), 12, out _, out _));
        Assert.Equal(2, inbound.StreamCount);
    }

    [Fact]
    public void RTCP_of_two_senders_counts_separately()
    {
        using SrtpOutbound first = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic), second = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(ProtectedReport(first, 1), out _));
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(ProtectedReport(second, 2), out _));
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void Every_short_or_random_packet_is_refused_without_an_exception(SrtpProfile profile, SrtpBackend backend)
    {
        using SrtpInbound inbound = Inbound(profile, backend);
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[-5, 100]).Sample(
            (bytes, header) =>
            {
                SrtpResult rtp = inbound.UnprotectRtp([.. bytes], header, out _, out _);
                SrtpResult rtcp = inbound.UnprotectRtcp([.. bytes], out _);
                return rtp is SrtpResult.Malformed or SrtpResult.NotAuthentic && rtcp is SrtpResult.Malformed or SrtpResult.NotAuthentic;
            },
            iter: 300,
            threads: 1);
    }
}
