using System.Buffers.Binary;
using CsCheck;
using Parley.Rtc.Srtp;
using static Parley.Rtc.Tests.Srtp.SrtpTestData;

namespace Parley.Rtc.Tests.Srtp;

public sealed class SrtpRolloverTests
{
    [Fact]
    public void Across_wraps_with_loss_and_reordering_every_packet_keeps_its_number()
    {
        // 200,000 packets pass four wraps; those that arrive come at most 200 places late, one in ten is lost, in bursts too.
        const int Count = 200_000;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                uint state = (uint)seed;
                using SrtpOutbound outbound = Outbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
                using SrtpInbound inbound = Inbound(SrtpProfile.AeadAes128Gcm, SrtpBackend.Automatic);
                long start = Next(ref state, 0x8000);
                PriorityQueue<long, long> order = new();
                int burst = 0;
                for (long extended = start; extended < start + Count; extended++)
                {
                    burst = burst > 0 ? burst - 1 : Next(ref state, 2_000) == 0 ? Next(ref state, 400) : 0;
                    if (extended == start || (burst == 0 && Next(ref state, 10) != 0))
                        order.Enqueue(extended, extended == start ? -1 : extended + Next(ref state, 200));
                }

                byte[] packet = new byte[36];
                while (order.TryDequeue(out long extended, out _))
                {
                    WriteRtp(packet.AsSpan(0, 20), 77, extended);
                    outbound.ProtectRtp(packet, 12, 20, extended);
                    SrtpResult result = inbound.UnprotectRtp(packet, 12, out int length, out long seen);
                    if (result != SrtpResult.Ok || length != 20 || seen != extended || BinaryPrimitives.ReadInt64BigEndian(packet.AsSpan(12)) != extended)
                        return false;
                }

                return true;
            },
            iter: 2,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void A_sequence_number_is_read_back_near_the_wrap_in_every_profile(SrtpProfile profile, SrtpBackend backend)
    {
        using SrtpOutbound outbound = Outbound(profile, backend);
        using SrtpInbound inbound = Inbound(profile, backend);
        foreach (long extended in (long[])[30_000, 65_535, 65_537, 65_534, 65_536, 98_000, 120_000, 131_071, 131_072, 131_070])
        {
            Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(Protected(outbound, 9, extended), 12, out _, out long seen));
            Assert.Equal(extended, seen);
        }
    }

    [Theory]
    [InlineData(-1, 60_000, 60_000)]
    [InlineData(10, 60_000, 60_000)]
    [InlineData(65_530, 4, 65_540)]
    [InlineData(65_540, 65_530, 65_530)]
    [InlineData(0x1_FFFF, 0, 0x2_0000)]
    public void The_rollover_count_is_estimated_as_RFC_3711_section_3_3_1_says(long highest, int sequence, long expected) =>
        Assert.Equal(expected, ReplayWindow.Estimate(highest, (ushort)sequence));

    private static int Next(ref uint state, int bound)
    {
        state = (state * 1_664_525) + 1_013_904_223;
        return (int)((state >> 8) % (uint)bound);
    }
}
