using System.Buffers.Binary;
using System.Text;

namespace Parley.Sfu.Relays;

/// <summary>Writes entries of a <see cref="RelayMessageKind.Changes"/> message one behind the other. Each call writes a whole entry or, where there is no room, none and returns false.</summary>
public ref struct RelayChangesWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Starts behind the message's header, which is written with <see cref="Finish"/>.</summary>
    public RelayChangesWriter(Span<byte> destination)
    {
        _destination = destination;
        Length = RelayChangesHeader.Length;
    }

    /// <summary>Bytes written, the header's included.</summary>
    public int Length { get; private set; }

    /// <summary>Writes an offer.</summary>
    public bool TryWrite(RelayOffer offer)
    {
        int name = Encoding.UTF8.GetByteCount(offer.Source.Participant);
        if (name > RelayLimits.ParticipantBytes
            || !TryBegin(RelayChangeKind.Offer, offer.Handle, 22 + name + (offer.Codecs.Length * 10) + (offer.Layers.Length * RelayLayer.Length), out Span<byte> entry))
        {
            return false;
        }

        BinaryPrimitives.WriteInt64BigEndian(entry[4..], offer.Generation.Since);
        BinaryPrimitives.WriteUInt32BigEndian(entry[12..], offer.Generation.Tag);
        entry[16] = (byte)offer.Source.Kind;
        entry[17] = offer.IsMuted ? (byte)1 : (byte)0;
        entry[18] = offer.Hops;
        entry[19] = (byte)name;
        Encoding.UTF8.GetBytes(offer.Source.Participant, entry[20..]);
        entry = entry[(20 + name)..];
        entry[0] = (byte)offer.Codecs.Length;
        entry = entry[1..];
        foreach (RelayCodec codec in offer.Codecs)
            entry = Write(entry, codec);
        entry[0] = (byte)offer.Layers.Length;
        entry = entry[1..];
        foreach (RelayLayer layer in offer.Layers)
            entry = Write(entry, layer);
        return true;
    }

    /// <summary>Writes that an offer is no more.</summary>
    public bool TryWriteGone(uint handle) => TryBegin(RelayChangeKind.Gone, handle, 4, out _);

    /// <summary>Writes which layers of an offer are wanted.</summary>
    public bool TryWriteWant(uint handle, byte layers)
    {
        if (!TryBegin(RelayChangeKind.Want, handle, 5, out Span<byte> entry))
            return false;
        entry[4] = layers;
        return true;
    }

    /// <summary>Writes the header and returns the message.</summary>
    public readonly ReadOnlySpan<byte> Finish(in RelayChangesHeader header)
    {
        header.Write(_destination);
        return _destination[..Length];
    }

    private static Span<byte> Write(Span<byte> entry, RelayCodec codec)
    {
        entry[0] = (byte)codec.Kind;
        BinaryPrimitives.WriteInt32BigEndian(entry[1..], codec.ClockRate);
        entry[5] = codec.Channels;
        BinaryPrimitives.WriteInt32BigEndian(entry[6..], codec.Compatibility);
        return entry[10..];
    }

    private static Span<byte> Write(Span<byte> entry, RelayLayer layer)
    {
        BinaryPrimitives.WriteUInt32BigEndian(entry, layer.Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], layer.RtxSsrc);
        BinaryPrimitives.WriteUInt16BigEndian(entry[8..], layer.Height);
        entry[10] = layer.IsLive ? (byte)1 : (byte)0;
        return entry[RelayLayer.Length..];
    }

    private bool TryBegin(RelayChangeKind kind, uint handle, int length, out Span<byte> entry)
    {
        entry = default;
        if (_destination.Length - Length < 1 + length)
            return false;
        _destination[Length] = (byte)kind;
        entry = _destination.Slice(Length + 1, length);
        BinaryPrimitives.WriteUInt32BigEndian(entry, handle);
        Length += 1 + length;
        return true;
    }
}
