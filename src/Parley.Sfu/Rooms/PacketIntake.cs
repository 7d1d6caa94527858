using System.Buffers.Binary;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Sdp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Rooms;

/// <summary>The way of a received SRTP packet, step by step: decrypt, register, find its layer, undo RTX, note, read its frame, and wait to be forwarded with its neighbours.</summary>
public sealed class PacketIntake
{
    private readonly RoomContext _context;
    private readonly PacketRun _run;

    /// <summary>Makes the intake of one shard.</summary>
    public PacketIntake(RoomContext context)
    {
        _context = context;
        _run = new PacketRun(context);
    }

    /// <summary>Forwards the packets that wait.</summary>
    public void Forward<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_run.IsEmpty)
            _run.Forward(ref sink);
    }

    /// <summary>The room whose packets were being forwarded when a fault came between, told once; null when it was not then.</summary>
    public Room? TakeFaultyRoom() => _run.TakeFaultyRoom();

    /// <summary>Takes an SRTP packet of <paramref name="length"/> bytes in a packet buffer, from a validated address of <paramref name="connection"/>. It waits for <see cref="Forward"/>.</summary>
    public void Handle<TSink>(Connection connection, int slot, int length, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> bytes = _context.Pool.Bytes(slot)[..length];
        if (!TryDecrypt(connection.Transport, bytes, out RtpHeaderView header))
            return;
        RegisterArrival(connection, header, arrival);
        if (FindLayer(connection, header, ref sink, out bool isRtx) is not { } layer)
        {
            // Nothing of it stays, so that a peer cannot fill our tables with SSRCs.
            connection.Transport.Srtp!.Inbound.RemoveStream(header.Ssrc);
            _context.Drops.Count(DropReason.UnknownSsrc);
            return;
        }

        Take(connection.Publications[layer.Track.Index], layer, isRtx, slot, bytes, header, arrival, ref sink);
        if (layer.NextDeadline < connection.Timer.At)
            connection.WakeBy(layer.NextDeadline);
    }

    /// <summary>Takes a decrypted packet of a publication's layer: undoes RTX, notes it and reads its frame. It waits for <see cref="Forward"/>.</summary>
    public void Take<TSink>(
        Publication publication, LayerStream layer, bool isRtx, int slot, Span<byte> bytes, RtpHeaderView header, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (isRtx && !TryUnwrap(layer, bytes, ref header))
            return;
        if (!_run.Takes(layer))
            _run.Forward(ref sink);
        if (!TryNote(layer, slot, header, arrival, isRtx))
            return;
        _run.Add(publication, layer);
        // Each packet of sound may change who is heard.
        if (layer.Track.Kind == MediaKind.Audio)
            _run.Forward(ref sink);
    }

    /// <summary>Decrypts a received SRTP packet in place; false when it is dropped, and counted.</summary>
    public bool TryDecrypt(Transport transport, Span<byte> bytes, out RtpHeaderView header)
    {
        header = default;
        if (transport.Srtp is not { } srtp)
        {
            _context.Drops.Count(DropReason.MediaBeforeKeys);
            return false;
        }

        if (!RtpHeaderView.TryParseHeader(bytes, out RtpHeaderView parsed))
        {
            _context.Drops.Count(DropReason.RtpMalformed);
            return false;
        }

        SrtpResult result = srtp.Inbound.UnprotectRtp(bytes, parsed.HeaderLength, out int length, out _);
        if (result != SrtpResult.Ok)
        {
            _context.Drops.Count(SrtpSession.ReasonOf(result));
            return false;
        }

        transport.Confirm();
        if (parsed.TryTrim(length, out header))
            return true;
        _context.Drops.Count(DropReason.RtpMalformed);
        return false;
    }

    // Every authentic packet counts, also one of an unknown SSRC: a sender's probes must not look lost, or its estimate never grows.
    private static void RegisterArrival(Connection connection, in RtpHeaderView header, MonotonicTime arrival)
    {
        if (connection.Feedback is not { } feedback
            || !header.TryGetExtension(ExtensionKind.TransportSequence, connection.Extensions, out ReadOnlySpan<byte> data)
            || !TransportSequence.TryRead(data, out ushort sequence))
        {
            return;
        }

        feedback.OnReceived(sequence, arrival);
        if (feedback.NextDeadline < connection.Timer.At)
            connection.WakeBy(feedback.NextDeadline);
    }

    // Turns a retransmission into the packet that it repairs: the header's numbers are put back and the payload moves over the original sequence number.
    private bool TryUnwrap(LayerStream layer, Span<byte> bytes, ref RtpHeaderView header)
    {
        NegotiatedCodec? codec = layer.Track.RepairedBy(header.PayloadType);
        if (codec is null || layer.Ssrc == 0 || !RtxPayload.TryRead(header.Payload, out ushort original, out ReadOnlySpan<byte> payload))
        {
            _context.Drops.Count(DropReason.RtxWithoutStream);
            return false;
        }

        int headerLength = header.HeaderLength;
        int length = headerLength + payload.Length;
        bytes[0] &= 0xDF;
        bytes[1] = (byte)((bytes[1] & 0x80) | codec.PayloadType);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], original);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], layer.Ssrc);
        bytes.Slice(headerLength + RtxPayload.HeaderLength, payload.Length).CopyTo(bytes[headerLength..]);
        return RtpHeaderView.TryParse(bytes[..length], out header);
    }

    private bool TryNote(LayerStream layer, int slot, in RtpHeaderView header, MonotonicTime arrival, bool isRtx)
    {
        if (layer.Track.CodecOf(header.PayloadType) is not { } codec)
        {
            _context.Drops.Count(DropReason.UnknownPayloadType);
            return false;
        }

        ReceivedPacket packet = _run.Next;
        packet.Read(slot, header, layer.Track.Media.Extensions, codec, arrival, isRtx);
        DropReason? reason = layer.Accept(packet, header.Sequence, header.Timestamp);
        if (reason is null)
            return true;
        _context.Drops.Count(reason.Value);
        return false;
    }

    private LayerStream? FindLayer<TSink>(Connection connection, in RtpHeaderView header, ref TSink sink, out bool isRtx)
        where TSink : struct, IDatagramSink
    {
        if (connection.Ssrcs.TryFind(header.Ssrc, out LayerStream? layer, out isRtx))
            return layer;
        // A new SSRC may begin the very layer anew whose packets wait.
        Forward(ref sink);
        return connection.LearnLayer(header, out isRtx);
    }
}
