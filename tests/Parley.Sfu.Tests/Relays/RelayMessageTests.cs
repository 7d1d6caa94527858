using CsCheck;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Tests.Relays;

public sealed class RelayMessageTests
{
    private const int MessageLength = 1_100;

    [Fact]
    public void Offers_are_read_as_they_were_written() => RelayGen.Offer.Array[1, 8].Sample(offers =>
    {
        var writer = new RelayChangesWriter(new byte[MessageLength]);
        int written = 0;
        while (written < offers.Length && writer.TryWrite(offers[written]))
            written++;
        Assert.True(written > 0);
        ReadOnlySpan<byte> message = writer.Finish(new RelayChangesHeader(7, 1, 2, 3));

        Assert.True(RelayChangesHeader.TryRead(message, out RelayChangesHeader header));
        Assert.Equal(new RelayChangesHeader(7, 1, 2, 3), header);
        var reader = new RelayChangesReader(message[RelayChangesHeader.Length..]);
        for (int i = 0; i < written; i++)
        {
            Assert.True(reader.MoveNext());
            Assert.Equal(RelayChangeKind.Offer, reader.Kind);
            AssertSame(offers[i], reader.ReadOffer());
        }

        Assert.False(reader.MoveNext());
        Assert.False(reader.Malformed);
    });

    [Fact]
    public void Wants_and_goodbyes_are_read_as_they_were_written()
    {
        byte[] buffer = new byte[100];
        var writer = new RelayChangesWriter(buffer);
        Assert.True(writer.TryWriteWant(5, 0b101));
        Assert.True(writer.TryWriteGone(6));
        int end = writer.Length;
        writer.Finish(new RelayChangesHeader(1, 1, 1, 3));

        // Zeros behind, as RTCP fills the last word with.
        var reader = new RelayChangesReader(buffer.AsSpan(RelayChangesHeader.Length, end - RelayChangesHeader.Length + 3));
        Assert.True(reader.MoveNext());
        Assert.Equal((RelayChangeKind.Want, 5u, (byte)0b101), (reader.Kind, reader.Handle, reader.Layers));
        Assert.True(reader.MoveNext());
        Assert.Equal((RelayChangeKind.Gone, 6u), (reader.Kind, reader.Handle));
        Assert.False(reader.MoveNext());
        Assert.False(reader.Malformed);
    }

    [Fact]
    public void Statuses_are_read_as_they_were_written() => Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt, Gen.UInt, Gen.UInt).Sample((row, birth, version, applied, peer) =>
    {
        var status = new RelayStatus(row, birth, version, applied, peer);
        byte[] bytes = new byte[RelayStatus.Length];
        status.Write(bytes);
        Assert.Equal(status, RelayStatus.Read(bytes));
    });

    [Fact]
    public void A_damaged_message_ends_and_never_throws() => Gen.Select(RelayGen.Offer, Gen.Int[0, 2000], Gen.Byte, Gen.Int[0, 1100]).Sample((offer, at, value, length) =>
    {
        byte[] buffer = new byte[MessageLength];
        var writer = new RelayChangesWriter(buffer);
        writer.TryWrite(offer);
        int end = writer.Length;
        buffer[RelayChangesHeader.Length + (at % (end - RelayChangesHeader.Length))] = value;
        var reader = new RelayChangesReader(buffer.AsSpan(RelayChangesHeader.Length, Math.Min(length, end - RelayChangesHeader.Length)));
        while (reader.MoveNext())
        {
            if (reader.Kind == RelayChangeKind.Offer)
                Assert.InRange(reader.ReadOffer().Layers.Length, 1, RelayLimits.Layers);
        }
    });

    [Theory]
    [InlineData(16, 9, "a kind of source that is none")]
    [InlineData(18, 0, "no hop")]
    [InlineData(18, RelayLimits.Hops + 1, "too many hops")]
    [InlineData(19, 0, "nobody's")]
    [InlineData(19, 255, "a name that does not fit")]
    public void An_offer_that_cannot_be_is_malformed(int at, byte value, string what)
    {
        byte[] buffer = new byte[200];
        var writer = new RelayChangesWriter(buffer);
        Assert.True(writer.TryWrite(new RelayOffer
        {
            Handle = 1,
            Source = new SourceId("ada", SourceKind.Camera),
            Generation = default,
            Hops = 1,
            IsMuted = false,
            Codecs = [new RelayCodec(Parley.Rtc.Primitives.CodecKind.Vp8, 90_000, 0, 0)],
            Layers = [new RelayLayer(1, 2, 0, true)],
        }));
        buffer[RelayChangesHeader.Length + 1 + at] = value;
        var reader = new RelayChangesReader(buffer.AsSpan(RelayChangesHeader.Length, writer.Length - RelayChangesHeader.Length));
        Assert.False(reader.MoveNext(), what);
        Assert.True(reader.Malformed, what);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(5, 4, 6)]
    [InlineData(5, 7, 6)]
    public void Versions_out_of_order_are_malformed(uint birth, uint from, uint to)
    {
        byte[] bytes = new byte[RelayChangesHeader.Length];
        new RelayChangesHeader(1, birth, from, to).Write(bytes);
        Assert.False(RelayChangesHeader.TryRead(bytes, out _));
        Assert.False(RelayChangesHeader.TryRead(bytes.AsSpan(1), out _));
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        var writer = new RelayChangesWriter(new byte[RelayChangesHeader.Length + 6]);
        Assert.True(writer.TryWriteGone(1));
        Assert.False(writer.TryWriteGone(2));
        Assert.False(writer.TryWriteWant(3, 1));
        Assert.Equal(RelayChangesHeader.Length + 5, writer.Length);
    }

    private static void AssertSame(RelayOffer expected, RelayOffer actual)
    {
        Assert.Equal(expected with { Codecs = actual.Codecs, Layers = actual.Layers }, actual);
        Assert.Equal(expected.Codecs, actual.Codecs);
        Assert.Equal(expected.Layers, actual.Layers);
    }
}
