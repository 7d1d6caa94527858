using System.Buffers.Binary;
using Parley.Rtc.Payloads;
using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Sdp;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>
/// Writes a received packet into a send buffer as one subscriber expects it: its numbers, its extension ids, its MID on every packet, and the codec ids in the copied payload.
/// The shared packet is only read.
/// </summary>
public sealed class PacketRewriter
{
    /// <summary>The largest packet that is sent, before encryption: what a datagram over Ethernet and IPv6 with some tunnel carries.</summary>
    public const int MaximumLength = 1460;

    private readonly byte[] _mid;
    private ExtensionMap _extensions;

    /// <summary>Makes a rewriter for the packets of an m-line.</summary>
    public PacketRewriter(NegotiatedMedia media, byte[] mid)
    {
        _mid = mid;
        _extensions = media.Extensions;
    }

    /// <summary>Takes over the extension ids of a re-offer.</summary>
    public void Renegotiate(NegotiatedMedia media) => _extensions = media.Extensions;

    /// <summary>Reads what writing reads; see <see cref="Slot.Touch"/>.</summary>
    public int Touch() => _extensions.IdOf(ExtensionKind.Mid) + _mid.Length;

    /// <summary>The room that a packet needs at most, without the SRTP trailer.</summary>
    public int RoomFor(ReceivedPacket packet)
    {
        int extensions = 8 + _mid.Length + 2;
        for (int i = 0; i < packet.ExtensionCount; i++)
            extensions += packet.ExtensionAt(i).Length + 2;
        return RtpHeaderView.FixedLength + extensions + RtxPayload.HeaderLength + packet.PayloadLength;
    }

    /// <summary>Writes a packet and returns its length.</summary>
    public int Write(Span<byte> destination, ReceivedPacket packet, in OutgoingHeader header, out int headerLength)
    {
        headerLength = WriteHeader(destination, packet, header);
        WritePayload(destination[headerLength..], packet, header.CodecIds);
        return headerLength + packet.PayloadLength;
    }

    /// <summary>Writes a packet as a retransmission: the original sequence number stands before the payload (RFC 4588 section 4).</summary>
    public int WriteRepeated(Span<byte> destination, ReceivedPacket packet, in OutgoingHeader header, ushort originalSequence, out int headerLength)
    {
        headerLength = WriteHeader(destination, packet, header);
        int payload = headerLength + RtxPayload.WriteHeader(destination[headerLength..], originalSequence);
        WritePayload(destination[payload..], packet, header.CodecIds);
        return payload + packet.PayloadLength;
    }

    private static void WritePayload(Span<byte> destination, ReceivedPacket packet, in CodecIds ids)
    {
        packet.Payload.CopyTo(destination);
        Span<byte> payload = destination[..packet.PayloadLength];
        if (packet.Vp8.Length > 0)
            RewriteVp8(payload, packet.Vp8, ids);
        else if (packet.Vp9.Length > 0)
            RewriteVp9(payload, packet.Vp9, ids);
    }

    // A number below 0 is one that stays as it is.
    private static void RewriteVp8(Span<byte> payload, in Vp8Descriptor descriptor, in CodecIds ids) => PictureIds.Rewrite(
        payload,
        descriptor,
        ids.PictureId < 0 ? descriptor.PictureId : (ushort)ids.PictureId,
        ids.Tl0PictureIndex < 0 ? descriptor.Tl0PictureIndex : (byte)ids.Tl0PictureIndex,
        ids.KeyIndex < 0 ? descriptor.KeyIndex : (byte)ids.KeyIndex);

    private static void RewriteVp9(Span<byte> payload, in Vp9Descriptor descriptor, in CodecIds ids) => PictureIds.Rewrite(
        payload,
        descriptor,
        ids.PictureId < 0 ? descriptor.PictureId : (ushort)ids.PictureId,
        ids.Tl0PictureIndex < 0 ? descriptor.Tl0PictureIndex : (byte)ids.Tl0PictureIndex);

    private int WriteHeader(Span<byte> destination, ReceivedPacket packet, in OutgoingHeader header)
    {
        var writer = new RtpHeaderWriter(destination, header.PayloadType, packet.Marker, (ushort)header.Sequence, (uint)header.Timestamp, header.Ssrc);
        if (_extensions.IdOf(ExtensionKind.Mid) is > 0 and var mid)
            writer.TryAdd(mid, _mid);
        for (int i = 0; i < packet.ExtensionCount; i++)
        {
            ForwardedExtension extension = packet.ExtensionAt(i);
            byte id = _extensions.IdOf(extension.Kind);
            if (id != 0 && writer.TryReserve(id, extension.Length, out Span<byte> room))
                WriteExtension(room, packet.Data(extension), extension.Kind, header.FrameOffset);
        }

        return writer.Finish();
    }

    private static void WriteExtension(Span<byte> room, ReadOnlySpan<byte> data, ExtensionKind kind, ushort frameOffset)
    {
        data.CopyTo(room);
        if (kind == ExtensionKind.DependencyDescriptor && data.Length >= DependencyDescriptor.MandatoryLength)
            DependencyDescriptor.TrySetFrameNumber(room, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(data[1..]) + frameOffset));
    }
}
