using CsCheck;
using Parley.Rtc.Ice;
using Parley.Rtc.Turn;

namespace Parley.Rtc.Tests.Turn;

public class StreamOpeningTests
{
    private static readonly byte[] Turn = new TurnWire(TurnWire.Allocate).Udp().Plain();
    private static readonly byte[] Check = [0, (byte)new TurnWire(1).Plain().Length, .. new TurnWire(1).Plain()];

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("POST /whip/x HTTP/1.1\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u007f\u0003")]
    public void HTTP_and_TLS_are_told_by_their_first_byte(string text) =>
        Assert.Equal(StreamKind.Other, StreamOpening.Read([(byte)text[0]]));

    [Fact]
    public void TURN_and_ICE_TCP_are_told_by_the_cookie()
    {
        Assert.Equal(StreamKind.Turn, StreamOpening.Read(Turn));
        Assert.Equal(StreamKind.Turn, StreamOpening.Read(Turn.AsSpan(0, 8)));
        Assert.Equal(StreamKind.IceTcp, StreamOpening.Read(Check));
        Assert.Equal(StreamKind.IceTcp, StreamOpening.Read(Check.AsSpan(0, StreamOpening.Length)));
    }

    [Fact]
    public void However_a_stream_is_cut_no_part_of_its_opening_misleads()
    {
        foreach (byte[] stream in (byte[][])[Turn, Check])
        {
            StreamKind whole = StreamOpening.Read(stream);
            for (int length = 0; length <= stream.Length; length++)
                Assert.Contains(StreamOpening.Read(stream.AsSpan(0, length)), (StreamKind[])[StreamKind.Unknown, whole]);
        }
    }

    [Fact]
    public void What_is_once_told_stays_told_and_ten_bytes_always_tell() => Gen.Byte.Array[StreamOpening.Length, 40].Sample(
        stream =>
        {
            StreamKind told = StreamKind.Unknown;
            for (int length = 0; length <= stream.Length; length++)
            {
                StreamKind now = StreamOpening.Read(stream.AsSpan(0, length));
                Assert.True(told == StreamKind.Unknown || now == told);
                told = now;
            }

            Assert.NotEqual(StreamKind.Unknown, told);
        },
        iter: 5_000);

    [Fact]
    public void Frames_come_out_as_they_went_in() => Gen.Byte.Array[0, IceTcpFrame.MaximumDatagram].Sample(
        data =>
        {
            byte[] buffer = new byte[data.Length + 8];
            Assert.Equal(data.Length + 2, IceTcpFrame.Write(data, buffer));
            Assert.True(IceTcpFrame.TryReadLength(buffer, out int length));
            Assert.Equal(data, buffer[2..(2 + length)]);
            Assert.Equal(0, IceTcpFrame.Write(data, new byte[data.Length + 1]));

            int channel = TurnFrame.WriteChannel(0x4ABC, data, buffer);
            Assert.True(TurnFrame.TryReadLength(buffer, out int frame));
            Assert.Equal(channel, frame);
            Assert.True(TurnFrame.TryReadChannel(buffer.AsSpan(0, frame), out ushort number, out int dataLength));
            Assert.Equal((0x4ABC, data.Length), (number, dataLength));
        },
        iter: 300);

    [Theory]
    [InlineData(0x00, 0x01, 0xFF, 0xFC)]
    [InlineData(0x00, 0x01, 0x00, 0x03)]
    [InlineData(0x40, 0x00, 0xFF, 0xFF)]
    [InlineData(0x50, 0x00, 0x00, 0x04)]
    [InlineData(0x80, 0x00, 0x00, 0x04)]
    public void A_length_that_no_message_has_is_refused(byte a, byte b, byte c, byte d) => Assert.False(TurnFrame.TryReadLength([a, b, c, d], out _));
}
