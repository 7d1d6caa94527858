using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;

namespace Parley.Rtc.Tests.Rtcp;

public sealed class RtcpReaderTests
{
    [Fact]
    public void Compound_is_walked_in_any_order()
    {
        byte[] compound = Convert.FromHexString("81CE0002" + "00000001" + "00000002" + "80C90001" + "00000003" + "81CB0001" + "00000004");
        RtcpReader reader = new(compound);
        Assert.True(reader.MoveNext());
        Assert.True(reader.Current.IsPictureLoss);
        Assert.Equal((1u, 2u), (reader.Current.SenderSsrc, reader.Current.MediaSsrc));
        Assert.True(reader.MoveNext());
        Assert.Equal(RtcpPacketType.ReceiverReport, reader.Current.Type);
        Assert.Equal(3u, reader.Current.SenderSsrc);
        Assert.True(reader.MoveNext());
        Assert.Equal(RtcpPacketType.Bye, reader.Current.Type);
        Assert.False(reader.MoveNext());
        Assert.False(reader.Malformed);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("80C900", 0)]
    [InlineData("80C90001" + "000000", 0)] // shorter than it says
    [InlineData("40C90001" + "00000001", 0)] // version 1
    [InlineData("80C90001" + "00000001" + "80C90002" + "00000001", 1)] // the second is shorter than it says
    [InlineData("A0C90001" + "00000000", 0)] // padding of 0
    [InlineData("A0C90001" + "00000005", 0)] // padding beyond the body
    public void What_does_not_fit_ends_the_walk(string hex, int whole)
    {
        RtcpReader reader = new(Convert.FromHexString(hex));
        int count = 0;
        while (reader.MoveNext())
            count++;
        Assert.Equal(whole, count);
        Assert.True(reader.Malformed);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Padding_is_taken_off()
    {
        RtcpReader reader = new(Convert.FromHexString("A0C90002" + "00000007" + "00000004"));
        Assert.True(reader.MoveNext());
        Assert.Equal(4, reader.Current.Body.Length);
        Assert.False(reader.MoveNext());
        Assert.False(reader.Malformed);
    }

    [Fact]
    public void The_number_of_packets_is_bounded()
    {
        byte[] compound = new byte[4 * 100];
        for (int i = 0; i < 100; i++)
            (compound[i * 4], compound[(i * 4) + 1]) = (0x80, 204);
        RtcpReader reader = new(compound);
        int count = 0;
        while (reader.MoveNext())
            count++;
        Assert.Equal(RtcpReader.MaximumPackets, count);
        Assert.True(reader.Malformed);
    }

    [Fact]
    public void Bandwidth_estimate_is_read()
    {
        // 0x3F with exponent 10: 64,512 bit/s for two sources.
        RtcpReader reader = new(Convert.FromHexString("8FCE0006" + "00000001" + "00000000" + "52454D42" + "0228003F" + "00000011" + "00000022"));
        Assert.True(reader.MoveNext());
        Assert.True(BandwidthEstimateView.TryRead(reader.Current, out BandwidthEstimateView estimate));
        Assert.Equal(0x3F << 10, estimate.Bitrate);
        Assert.Equal((2, 0x11u, 0x22u), (estimate.Count, estimate.Ssrc(0), estimate.Ssrc(1)));
    }

    [Theory]
    [InlineData("8FCE0005" + "00000001" + "00000000" + "52454D42" + "0228003F" + "00000011")] // two sources said, one there
    [InlineData("8FCE0004" + "00000001" + "00000000" + "52454D42" + "00FFFFFF")] // beyond 2^62
    [InlineData("8FCE0004" + "00000001" + "00000000" + "52454D43" + "0028003F")] // another application's
    public void False_bandwidth_estimates_are_refused(string hex)
    {
        RtcpReader reader = new(Convert.FromHexString(hex));
        Assert.True(reader.MoveNext());
        Assert.False(BandwidthEstimateView.TryRead(reader.Current, out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        byte[] whole = Whole();
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Select((at, value, at2, value2, cut) =>
        {
            byte[] copy = [.. whole];
            (copy[at], copy[at2]) = (value, value2);
            return cut % 3 == 0 ? copy[..cut] : copy;
        });
        Gen<byte[]> typed = Gen.Select(Gen.Byte.Array[8, 80], Gen.Byte[200, 207], Gen.Byte[0, 31]).Select((bytes, type, count) =>
        {
            int words = bytes.Length / 4;
            (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)(0x80 | count), type, 0, (byte)(words - 1));
            return bytes;
        });
        Gen.OneOf(Gen.Byte.Array[0, 80], mutated, typed).Sample(bytes => ReadAll(bytes) < 200_000, iter: 20_000);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] whole = Whole();
        Run(1_000);
        int seen = 0;
        Assert.Equal(0, Allocations.Of(() => seen = Run(20_000))); // of eight packets each
        Assert.True(seen > 0);

        int Run(int times)
        {
            int sum = 0;
            for (int i = 0; i < times; i++)
                sum = (sum + ReadAll(whole)) & 0xFF_FFFF;
            return sum;
        }
    }

    internal static int ReadAll(ReadOnlySpan<byte> bytes)
    {
        int seen = 0;
        RtcpReader reader = new(bytes);
        while (reader.MoveNext())
        {
            RtcpPacketView packet = reader.Current;
            if (SenderReportView.TryRead(packet, out SenderReportView sender))
            {
                for (int i = 0; i < sender.Blocks.Count; i++)
                    seen += sender.Blocks[i].FractionLost;
            }

            if (ReceiverReportView.TryRead(packet, out ReceiverReportView receiver))
            {
                for (int i = 0; i < receiver.Blocks.Count; i++)
                    seen += receiver.Blocks[i].FractionLost;
            }

            if (ByeView.TryRead(packet, out ByeView bye))
            {
                seen += bye.Reason.Length;
                for (int i = 0; i < bye.Count; i++)
                    seen += bye.Ssrc(i) == 7 ? 1 : 0;
            }

            if (BandwidthEstimateView.TryRead(packet, out BandwidthEstimateView estimate))
            {
                Assert.True(estimate.Bitrate >= 0);
                for (int i = 0; i < estimate.Count; i++)
                    seen += estimate.Ssrc(i) == 7 ? 1 : 0;
            }

            SourceDescriptionReader items = new(packet);
            while (items.MoveNext())
                seen += items.Text.Length;
            if (NackReader.TryRead(packet, out NackReader nack))
            {
                while (nack.MoveNext())
                    seen++;
            }

            if (FullIntraReader.TryRead(packet, out FullIntraReader intra))
            {
                while (intra.MoveNext())
                    seen++;
            }

            if (TransportFeedbackView.TryRead(packet, out TransportFeedbackView feedback))
            {
                foreach (TransportStatus status in feedback.Statuses)
                    seen += status.Received ? 1 : 0;
            }
        }

        return seen;
    }

    private static byte[] Whole()
    {
        byte[] buffer = new byte[600];
        RtcpWriter writer = new(buffer);
        writer.TryWriteSenderReport(1, new NtpTime(77), 2, 3, 4, [new() { Ssrc = 9, FractionLost = 3 }, new() { Ssrc = 10 }]);
        writer.TryWriteReceiverReport(1, [new() { Ssrc = 9 }]);
        writer.TryWriteCname(1, "someone"u8);
        writer.WriteNack(1, 2, [5, 6, 30, 400]);
        writer.TryWritePictureLoss(1, 2);
        writer.TryWriteFullIntra(1, 2, 3);
        ArrivedPacket[] arrived = [new(1, new(5000)), new(3, new(1_000_000)), new(4, new(999_000)), new(90, new(1_200_000))];
        writer.WriteTransportFeedback(1, 2, 3, 0, arrived);
        writer.TryWriteBye([1, 7]);
        return buffer[..writer.Length];
    }
}
