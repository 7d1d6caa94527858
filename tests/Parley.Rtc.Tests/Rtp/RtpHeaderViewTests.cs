using CsCheck;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class RtpHeaderViewTests
{
    private static readonly byte[] Plain = Convert.FromHexString("80E00102" + "03040506" + "0708090A" + "AABBCC");

    // RFC 8285 section 4.2's picture, with ids 1, 2 and 3.
    private static readonly byte[] OneByte = Convert.FromHexString("906F0001" + "00000002" + "00000003" + "BEDE0003" + "1011" + "212223" + "0000" + "33" + "31323334" + "FF");

    // RFC 8285 section 4.3's picture, with ids 1, 2 and 200.
    private static readonly byte[] TwoByte = Convert.FromHexString("906F0001" + "00000002" + "00000003" + "10000003" + "0100" + "0201" + "22" + "00" + "C804" + "31323334" + "FF");

    [Fact]
    public void Fixed_header_is_read()
    {
        Assert.True(RtpHeaderView.TryParse(Plain, out RtpHeaderView header));
        Assert.True(header.Marker);
        Assert.False(header.HasPadding);
        Assert.Equal(96, header.PayloadType);
        Assert.Equal(0x0102, header.Sequence);
        Assert.Equal(0x03040506u, header.Timestamp);
        Assert.Equal(0x0708090Au, header.Ssrc);
        Assert.Equal(12, header.HeaderLength);
        Assert.Equal(new byte[] { 0xAA, 0xBB, 0xCC }, header.Payload.ToArray());
        Assert.False(header.Extensions.MoveNext());
    }

    [Fact]
    public void Contributing_sources_are_read()
    {
        byte[] packet = Convert.FromHexString("82600102" + "03040506" + "0708090A" + "00000011" + "00000022" + "EE");
        Assert.True(RtpHeaderView.TryParse(packet, out RtpHeaderView header));
        Assert.Equal(2, header.CsrcCount);
        Assert.Equal(0x11u, header.Csrc(0));
        Assert.Equal(0x22u, header.Csrc(1));
        Assert.Equal(0u, header.Csrc(2));
        Assert.Equal(0u, header.Csrc(-1));
        Assert.Equal(20, header.HeaderLength);
        Assert.Equal(1, header.Payload.Length);
    }

    [Fact]
    public void One_byte_extensions_of_the_rfc_are_read()
    {
        Assert.True(RtpHeaderView.TryParse(OneByte, out RtpHeaderView header));
        Assert.Equal("1:11 2:2223 3:31323334", Describe(header));
        Assert.Equal(28, header.HeaderLength);
        Assert.True(header.TryGetExtension(3, out ReadOnlySpan<byte> data));
        Assert.Equal("1234"u8.ToArray(), data.ToArray());
        Assert.False(header.TryGetExtension(4, out _));
        Assert.False(header.TryGetExtension(0, out _));
    }

    [Fact]
    public void Two_byte_extensions_of_the_rfc_are_read()
    {
        Assert.True(RtpHeaderView.TryParse(TwoByte, out RtpHeaderView header));
        Assert.Equal("1: 2:22 200:31323334", Describe(header));
    }

    [Fact]
    public void Two_byte_profile_ignores_the_application_bits()
    {
        byte[] packet = [.. TwoByte];
        packet[13] = 0x0F;
        Assert.True(RtpHeaderView.TryParse(packet, out RtpHeaderView header));
        Assert.Equal("1: 2:22 200:31323334", Describe(header));
    }

    [Fact]
    public void Another_profile_has_no_elements()
    {
        byte[] packet = [.. OneByte];
        packet[12] = 0xAB;
        Assert.True(RtpHeaderView.TryParse(packet, out RtpHeaderView header));
        Assert.Equal("", Describe(header));
        Assert.Equal(28, header.HeaderLength);
    }

    [Theory]
    [InlineData("BEDE0001" + "F0112200", "")] // id 15 ends the block
    [InlineData("BEDE0001" + "0111" + "1122", "")] // id 0 with a length ends it
    [InlineData("BEDE0001" + "1011" + "2F22", "1:11")] // an element beyond the block
    [InlineData("10000001" + "010111" + "02", "1:11")] // an id without length
    [InlineData("10000001" + "010502" + "02", "")] // an element beyond the block
    public void Malformed_elements_end_the_enumeration(string block, string expected)
    {
        byte[] packet = Convert.FromHexString("906F0001" + "00000002" + "00000003" + block + "FFFFFFFF");
        Assert.True(RtpHeaderView.TryParse(packet, out RtpHeaderView header));
        Assert.Equal(expected, Describe(header));
    }

    [Fact]
    public void Extensions_are_found_by_kind()
    {
        ExtensionMap map = new([new(2, ExtensionKind.TransportSequence), new(9, ExtensionKind.Mid)]);
        Assert.True(RtpHeaderView.TryParse(OneByte, out RtpHeaderView header));
        Assert.True(header.TryGetExtension(ExtensionKind.TransportSequence, map, out ReadOnlySpan<byte> data));
        Assert.Equal(2, data.Length);
        Assert.False(header.TryGetExtension(ExtensionKind.Mid, map, out _));
        Assert.False(header.TryGetExtension(ExtensionKind.AudioLevel, map, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80600102030405060708")]
    [InlineData("406001020304050607080900")] // version 1
    [InlineData("816001020304050607080900")] // a source beyond the packet
    [InlineData("906001020304050607080900BEDE")] // half an extension header
    [InlineData("906001020304050607080900BEDE000200000000")] // a block beyond the packet
    public void Headers_that_do_not_fit_are_refused(string hex)
    {
        Assert.False(RtpHeaderView.TryParseHeader(Convert.FromHexString(hex), out _));
        Assert.False(RtpHeaderView.TryParse(Convert.FromHexString(hex), out _));
    }

    [Theory]
    [InlineData("AABB02", 1, 2)]
    [InlineData("AABB03", 0, 3)]
    [InlineData("01", 0, 1)]
    public void Padding_is_taken_off(string payload, int length, int padding)
    {
        byte[] packet = Convert.FromHexString("A06001020304050607080900" + payload);
        Assert.True(RtpHeaderView.TryParse(packet, out RtpHeaderView header));
        Assert.Equal(length, header.Payload.Length);
        Assert.Equal(padding, header.PaddingLength);
    }

    // CVE-2025-49140: a padding count beyond the payload.
    [Theory]
    [InlineData("")]
    [InlineData("AABB00")]
    [InlineData("AABB04")]
    [InlineData("AABBFF")]
    public void Padding_that_lies_is_refused(string payload)
    {
        byte[] packet = Convert.FromHexString("A06001020304050607080900" + payload);
        Assert.True(RtpHeaderView.TryParseHeader(packet, out RtpHeaderView header));
        Assert.Equal(0, header.PaddingLength);
        Assert.False(header.TryTrim(packet.Length, out _));
        Assert.False(RtpHeaderView.TryParse(packet, out _));
    }

    [Fact]
    public void A_decrypted_packet_loses_its_tag_and_padding()
    {
        // Two bytes of payload, two of padding, then what was a tag of four.
        byte[] packet = Convert.FromHexString("A06001020304050607080900" + "AABB0002" + "FFFFFFFF");
        Assert.True(RtpHeaderView.TryParseHeader(packet, out RtpHeaderView header));
        Assert.Equal(8, header.Payload.Length);
        Assert.True(header.TryTrim(packet.Length - 4, out RtpHeaderView trimmed));
        Assert.Equal(new byte[] { 0xAA, 0xBB }, trimmed.Payload.ToArray());
        Assert.False(header.TryTrim(11, out _));
        Assert.False(header.TryTrim(packet.Length + 1, out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        Gen<byte[]> mutated = Gen.Select(Gen.OneOf(Gen.Const(Plain), Gen.Const(OneByte), Gen.Const(TwoByte)), Gen.Int[0, 40], Gen.Byte, Gen.Int[0, 40]).Select((packet, at, value, cut) =>
        {
            byte[] copy = packet[..Math.Max(0, packet.Length - cut)];
            if (at < copy.Length)
                copy[at] = value;
            return copy;
        });
        Gen.OneOf(Gen.Byte.Array[0, 64], mutated).Sample(
            bytes =>
            {
                if (!RtpHeaderView.TryParseHeader(bytes, out RtpHeaderView header))
                    return true;
                int seen = 0;
                foreach (RtpExtensionView extension in header.Extensions)
                    seen += 1 + extension.Data.Length;
                bool parsed = header.TryTrim(bytes.Length, out RtpHeaderView trimmed);
                return seen <= header.HeaderLength
                    && header.HeaderLength + header.Payload.Length == bytes.Length
                    && (!parsed || header.HeaderLength + trimmed.Payload.Length + trimmed.PaddingLength == bytes.Length);
            },
            iter: 20_000);
    }

    private static string Describe(RtpHeaderView header)
    {
        List<string> found = [];
        foreach (RtpExtensionView extension in header.Extensions)
            found.Add($"{extension.Id}:{Convert.ToHexString(extension.Data)}");
        return string.Join(' ', found);
    }
}
