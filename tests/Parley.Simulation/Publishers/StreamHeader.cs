using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Publishers;

/// <summary>
/// Writes the headers of one outgoing SSRC as a browser does: MID and (repaired) RID stand in each packet until the receiver's first report about the SSRC, the transport-wide
/// sequence number always.
/// </summary>
public sealed class StreamHeader
{
    private readonly PeerPort _port;
    private readonly byte _payloadType;
    private readonly byte[] _mid;
    private readonly byte[] _rid;
    private readonly ExtensionKind _ridKind;

    /// <summary>Makes the writer of an SSRC.</summary>
    public StreamHeader(PeerPort port, uint ssrc, byte payloadType, byte[] mid, byte[] rid, bool isRtx)
    {
        _port = port;
        Ssrc = ssrc;
        _payloadType = payloadType;
        _mid = mid;
        _rid = rid;
        _ridKind = isRtx ? ExtensionKind.RepairedRid : ExtensionKind.Rid;
    }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; }

    /// <summary>Whether the receiver has shown that it knows what the SSRC carries.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Writes a header and returns its length.</summary>
    public int Write(Span<byte> destination, long sequence, uint timestamp, bool marker, AudioLevel? level = null)
    {
        var writer = new RtpHeaderWriter(destination, _payloadType, marker, (ushort)sequence, timestamp, Ssrc);
        if (!IsAcknowledged)
        {
            writer.TryAdd(_port.Extensions.IdOf(ExtensionKind.Mid), _mid);
            if (_rid.Length > 0)
                writer.TryAdd(_port.Extensions.IdOf(_ridKind), _rid);
        }

        byte transport = _port.Extensions.IdOf(ExtensionKind.TransportSequence);
        if (transport != 0 && writer.TryReserve(transport, TransportSequence.Length, out Span<byte> number))
            TransportSequence.TryWrite(number, _port.NextTransportSequence());
        byte audio = _port.Extensions.IdOf(ExtensionKind.AudioLevel);
        if (level is { } loudness && audio != 0 && writer.TryReserve(audio, AudioLevel.Length, out Span<byte> room))
            loudness.TryWrite(room);
        return writer.Finish();
    }
}
