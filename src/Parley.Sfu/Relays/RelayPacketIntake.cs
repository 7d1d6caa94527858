using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>The way of an SRTP packet that came over a relay link: decrypt, find the layer that its SSRC was offered for; from there on as from a publisher.</summary>
public sealed class RelayPacketIntake
{
    private readonly RoomContext _context;
    private readonly PacketIntake _packets;

    /// <summary>Makes the intake of one shard.</summary>
    public RelayPacketIntake(RoomContext context, PacketIntake packets)
    {
        _context = context;
        _packets = packets;
    }

    /// <summary>Decrypts a packet and finds its layer; null when it is dropped: then nothing of it stays.</summary>
    public RelayStream? Open(RelayLink link, Span<byte> bytes, MonotonicTime arrival, out RtpHeaderView header)
    {
        if (!_packets.TryDecrypt(link.Transport, bytes, out header))
            return null;
        link.HeardAt = arrival;
        if (link.FindStream(header.Ssrc) is { } stream)
            return stream;
        link.Transport.Srtp!.Inbound.RemoveStream(header.Ssrc);
        _context.Drops.Count(DropReason.UnknownSsrc);
        return null;
    }

    /// <summary>Takes a decrypted packet of a layer.</summary>
    public void Take<TSink>(RelayStream stream, int slot, Span<byte> bytes, in RtpHeaderView header, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        stream.Count(bytes.Length);
        RelayInlet inlet = stream.Inlet;
        _packets.Take(inlet.Publication, stream.Layer, header.Ssrc != stream.Ssrc, slot, bytes, header, arrival, ref sink);
        if (stream.Layer.NextDeadline < inlet.Timer.At)
            inlet.WakeBy(stream.Layer.NextDeadline);
    }
}
