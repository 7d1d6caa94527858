using CsCheck;
using Parley.Rtc.Rtcp;

namespace Parley.Rtc.Tests.Rtcp;

public sealed class RtcpWriterTests
{
    private static readonly Gen<ReportBlock> Block = Gen.Select(Gen.UInt, Gen.Byte, Gen.Int[-0x80_0000, 0x7F_FFFF], Gen.UInt, Gen.UInt, Gen.UInt, Gen.UInt)
        .Select((ssrc, fraction, lost, highest, jitter, last, delay) => new ReportBlock
        {
            Ssrc = ssrc,
            FractionLost = fraction,
            CumulativeLost = lost,
            HighestSequence = highest,
            Jitter = jitter,
            LastSenderReport = last,
            DelaySinceLastSenderReport = delay,
        });

    [Fact]
    public void Reports_are_read_back()
    {
        Gen.Select(Gen.UInt, Gen.ULong, Gen.UInt, Gen.UInt, Gen.UInt, Block.Array[0, 31]).Sample(
            (ssrc, ntp, timestamp, packets, octets, blocks) =>
            {
                byte[] buffer = new byte[2000];
                RtcpWriter writer = new(buffer);
                Assert.True(writer.TryWriteSenderReport(ssrc, new(ntp), timestamp, packets, octets, blocks));
                Assert.True(writer.TryWriteReceiverReport(ssrc, blocks));
                RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
                Assert.True(reader.MoveNext());
                Assert.True(SenderReportView.TryRead(reader.Current, out SenderReportView sender));
                Assert.Equal((ssrc, ntp, timestamp, packets, octets), (sender.Ssrc, sender.Sent.Value, sender.Timestamp, sender.PacketCount, sender.OctetCount));
                Assert.Equal(blocks, All(sender.Blocks));
                Assert.False(ReceiverReportView.TryRead(reader.Current, out _));
                Assert.True(reader.MoveNext());
                Assert.True(ReceiverReportView.TryRead(reader.Current, out ReceiverReportView receiver));
                Assert.Equal(ssrc, receiver.Ssrc);
                Assert.Equal(blocks, All(receiver.Blocks));
                Assert.False(reader.MoveNext());
                Assert.False(reader.Malformed);
            },
            iter: 500);
    }

    [Fact]
    public void Reports_with_too_many_blocks_for_their_length_are_refused()
    {
        RtcpReader reader = new(Convert.FromHexString("81C90001" + "00000001" + "81C80006" + new string('0', 48)));
        Assert.True(reader.MoveNext());
        Assert.False(ReceiverReportView.TryRead(reader.Current, out _));
        Assert.True(reader.MoveNext());
        Assert.False(SenderReportView.TryRead(reader.Current, out _));
    }

    [Fact]
    public void Cumulative_loss_is_clamped_to_24_bits()
    {
        byte[] buffer = new byte[64];
        RtcpWriter writer = new(buffer);
        writer.TryWriteReceiverReport(1, [new() { CumulativeLost = int.MaxValue }, new() { CumulativeLost = int.MinValue }]);
        RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
        reader.MoveNext();
        ReceiverReportView.TryRead(reader.Current, out ReceiverReportView report);
        Assert.Equal(0x7F_FFFF, report.Blocks[0].CumulativeLost);
        Assert.Equal(-0x80_0000, report.Blocks[1].CumulativeLost);
    }

    [Theory]
    [InlineData("", "81CA0002" + "00000007" + "01000000")]
    [InlineData("a", "81CA0002" + "00000007" + "01016100")]
    [InlineData("ab", "81CA0003" + "00000007" + "01026162" + "00000000")]
    public void Cname_ends_with_at_least_one_zero(string name, string expected)
    {
        byte[] buffer = new byte[64];
        Array.Fill(buffer, (byte)0xFF);
        RtcpWriter writer = new(buffer);
        Assert.True(writer.TryWriteCname(7, System.Text.Encoding.UTF8.GetBytes(name)));
        Assert.Equal(expected, Convert.ToHexString(buffer[..writer.Length]));
        RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        SourceDescriptionReader items = new(reader.Current);
        Assert.True(items.MoveNext());
        Assert.Equal((7u, SourceDescriptionReader.Cname), (items.Ssrc, items.ItemType));
        Assert.Equal(name, System.Text.Encoding.UTF8.GetString(items.Text));
        Assert.False(items.MoveNext());
    }

    [Fact]
    public void Source_descriptions_of_several_sources_are_read()
    {
        RtcpReader reader = new(Convert.FromHexString("82CA0006" + "00000001" + "01016102" + "01620000" + "00000002" + "01026162" + "00000000"));
        Assert.True(reader.MoveNext());
        SourceDescriptionReader items = new(reader.Current);
        List<string> seen = [];
        while (items.MoveNext())
            seen.Add($"{items.Ssrc}/{items.ItemType}/{System.Text.Encoding.UTF8.GetString(items.Text)}");
        Assert.Equal(["1/1/a", "1/2/b", "2/1/ab"], seen);
    }

    [Fact]
    public void Goodbye_is_read_back_and_its_reason_too()
    {
        byte[] buffer = new byte[64];
        RtcpWriter writer = new(buffer);
        Assert.True(writer.TryWriteBye([1, 2]));
        RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.True(ByeView.TryRead(reader.Current, out ByeView bye));
        Assert.Equal((2, 1u, 2u, 0), (bye.Count, bye.Ssrc(0), bye.Ssrc(1), bye.Reason.Length));

        reader = new(Convert.FromHexString("81CB0003" + "00000009" + "04676F6E" + "65000000"));
        Assert.True(reader.MoveNext());
        Assert.True(ByeView.TryRead(reader.Current, out bye));
        Assert.Equal("gone"u8.ToArray(), bye.Reason.ToArray());
    }

    // mediasoup #232 and #350: a PLI names the layer in its header, a FIR in its entry.
    [Fact]
    public void Key_frame_requests_name_the_source_where_it_belongs()
    {
        byte[] buffer = new byte[64];
        RtcpWriter writer = new(buffer);
        Assert.True(writer.TryWritePictureLoss(0xA1, 0xB2));
        Assert.True(writer.TryWriteFullIntra(0xA1, 0xB2, 9));
        Assert.Equal("81CE0002" + "000000A1" + "000000B2" + "84CE0004" + "000000A1" + "00000000" + "000000B2" + "09000000", Convert.ToHexString(buffer[..writer.Length]));
        RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.True(reader.Current.IsPictureLoss);
        Assert.True(reader.MoveNext());
        Assert.False(reader.Current.IsPictureLoss);
        Assert.True(FullIntraReader.TryRead(reader.Current, out FullIntraReader request));
        Assert.True(request.MoveNext());
        Assert.Equal((0xB2u, (byte)9), (request.Ssrc, request.Sequence));
        Assert.False(request.MoveNext());
    }

    [Fact]
    public void Without_room_nothing_is_written()
    {
        RtcpWriter writer = new(new byte[11]);
        Assert.False(writer.TryWritePictureLoss(1, 2));
        Assert.False(writer.TryWriteFullIntra(1, 2, 3));
        Assert.False(writer.TryWriteSenderReport(1, default, 2, 3, 4, []));
        Assert.False(writer.TryWriteCname(1, "ab"u8));
        Assert.False(writer.TryWriteBye(new uint[32]));
        Assert.False(writer.TryWriteReceiverReport(1, new ReportBlock[32]));
        Assert.Equal(0, writer.WriteNack(1, 2, [3]));
        Assert.Equal(0, writer.WriteTransportFeedback(1, 2, 3, 4, [new(4, default)]).Length);
        Assert.Equal(0, writer.Length);
        Assert.True(writer.TryWriteReceiverReport(1, []));
        Assert.Equal(3, writer.Remaining);
    }

    private static ReportBlock[] All(ReportBlockList list)
    {
        ReportBlock[] all = new ReportBlock[list.Count];
        for (int i = 0; i < all.Length; i++)
            all[i] = list[i];
        return all;
    }
}
