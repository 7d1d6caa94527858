using CsCheck;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class RtpHeaderWriterTests
{
    [Fact]
    public void Header_without_extensions_is_twelve_bytes()
    {
        byte[] buffer = new byte[12];
        RtpHeaderWriter writer = new(buffer, 96, marker: true, 0x0102, 0x03040506, 0x0708090A);
        Assert.Equal(12, writer.Finish());
        Assert.Equal("80E00102030405060708090A", Convert.ToHexString(buffer));
    }

    [Fact]
    public void Short_extensions_take_the_one_byte_form()
    {
        byte[] buffer = Dirty(64);
        RtpHeaderWriter writer = new(buffer, 111, marker: false, 1, 2, 3);
        Assert.True(writer.TryAdd(1, [0x11]));
        Assert.True(writer.TryReserve(3, 4, out Span<byte> room));
        "1234"u8.CopyTo(room);
        int length = writer.Finish();
        Assert.Equal("906F0001" + "00000002" + "00000003" + "BEDE0002" + "1011" + "3331323334" + "00", Convert.ToHexString(buffer[..length]));
    }

    [Fact]
    public void A_long_extension_turns_all_into_the_two_byte_form()
    {
        byte[] buffer = Dirty(64);
        RtpHeaderWriter writer = new(buffer, 111, marker: false, 1, 2, 3);
        Assert.True(writer.TryAdd(1, [0x11]));
        Assert.True(writer.TryAdd(2, [0x21, 0x22]));
        Assert.True(writer.TryAdd(5, new byte[17]));
        Assert.True(writer.TryAdd(200, []));
        int length = writer.Finish();
        string expected = "906F0001" + "00000002" + "00000003" + "10000007" + "010111" + "02022122" + "0511" + new string('0', 34) + "C800";
        Assert.Equal(expected, Convert.ToHexString(buffer[..length]));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_leaves_the_rest_whole()
    {
        byte[] buffer = Dirty(20);
        RtpHeaderWriter writer = new(buffer, 111, marker: false, 1, 2, 3);
        Assert.True(writer.TryAdd(1, [0x11]));
        Assert.False(writer.TryAdd(2, [1, 2, 3]));
        Assert.False(writer.TryAdd(16, [1]));
        Assert.True(writer.TryAdd(2, [0x22]));
        Assert.Equal(20, writer.Finish());
        Assert.Equal("BEDE0001" + "10112022", Convert.ToHexString(buffer[12..]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 1)]
    [InlineData(1, 256)]
    public void Impossible_extensions_are_refused(byte id, int length)
    {
        RtpHeaderWriter writer = new(new byte[512], 0, marker: false, 0, 0, 0);
        Assert.False(writer.TryAdd(id, new byte[length]));
        Assert.Equal(12, writer.Finish());
    }

    [Fact]
    public void A_destination_without_room_for_the_header_yields_nothing()
    {
        RtpHeaderWriter writer = new(new byte[11], 0, marker: false, 0, 0, 0);
        Assert.False(writer.TryAdd(1, [1]));
        Assert.Equal(0, writer.Finish());
        RtpHeaderWriter tight = new(new byte[13], 0, marker: false, 0, 0, 0);
        Assert.False(tight.TryAdd(1, [1]));
        Assert.Equal(12, tight.Finish());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<(byte Id, byte[] Data)> extension = Gen.Select(
            Gen.Frequency((6, Gen.Byte[1, 14]), (1, Gen.Byte[16, 255])), Gen.Frequency((6, Gen.Byte.Array[1, 16]), (1, Gen.Byte.Array[0, 40])));
        Gen.Select(Gen.Byte[0, 127], Gen.Bool, Gen.UShort, Gen.UInt, Gen.UInt, extension.Array[0, 6], Gen.Int[12, 160]).Sample(
            (type, marker, sequence, timestamp, ssrc, extensions, room) =>
            {
                byte[] buffer = Dirty(room);
                RtpHeaderWriter writer = new(buffer, type, marker, sequence, timestamp, ssrc);
                List<(byte Id, byte[] Data)> added = [];
                foreach ((byte id, byte[] data) in extensions)
                {
                    if (writer.TryAdd(id, data))
                        added.Add((id, data));
                }

                int length = writer.Finish();
                Assert.True(RtpHeaderView.TryParse(buffer.AsSpan(0, length), out RtpHeaderView header));
                Assert.Equal(length, header.HeaderLength);
                Assert.Equal((type, marker, sequence, timestamp, ssrc), (header.PayloadType, header.Marker, header.Sequence, header.Timestamp, header.Ssrc));
                int index = 0;
                foreach (RtpExtensionView found in header.Extensions)
                {
                    Assert.Equal(added[index].Id, found.Id);
                    Assert.Equal(added[index++].Data, found.Data.ToArray());
                }

                Assert.Equal(added.Count, index);
            },
            iter: 5_000);
    }

    private static byte[] Dirty(int length)
    {
        byte[] buffer = new byte[length];
        Array.Fill(buffer, (byte)0xFF);
        return buffer;
    }
}
