using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Sdp;
using Parley.Simulation.Payloads;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Publishers;

/// <summary>A simulated microphone: a packet every 20 ms that says how loud it is.</summary>
public sealed class AudioSender
{
    /// <summary>Timestamp units of a packet.</summary>
    public const int SamplesPerPacket = 960;

    private const int PayloadLength = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly PeerPort _port;
    private readonly StreamHeader _header;
    private readonly uint _firstTimestamp;
    private readonly long _firstSequence;
    private MonotonicTime _start;

    /// <summary>Makes a microphone that is off.</summary>
    public AudioSender(PeerPort port, byte[] mid, uint ssrc, ushort? firstSequence, SeededEntropy entropy)
    {
        _port = port;
        _header = new StreamHeader(port, ssrc, OfferBuilder.AudioPayloadType, mid, [], isRtx: false);
        _firstSequence = firstSequence ?? entropy.NextInt(0x8000);
        _firstTimestamp = entropy.NextUInt32();
    }

    /// <summary>The SSRC.</summary>
    public uint Ssrc => _header.Ssrc;

    /// <summary>How loud it is, in -dBov: 0 the loudest, 127 silence.</summary>
    public byte Level { get; set; } = 127;

    /// <summary>Packets sent.</summary>
    public uint Packets { get; private set; }

    /// <summary>Bytes of payload sent.</summary>
    public uint Octets => Packets * PayloadLength;

    /// <summary>When the next packet is due; <see cref="MonotonicTime.Never"/> while it is off.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>The timestamp of a moment.</summary>
    public uint TimestampAt(MonotonicTime now) => _firstTimestamp + (uint)((now - _start).Ticks * 48 / TimeSpan.TicksPerMillisecond);

    /// <summary>Turns it on.</summary>
    public void Start(MonotonicTime now)
    {
        _start = now;
        NextDeadline = now;
    }

    /// <summary>Turns it off.</summary>
    public void Stop() => NextDeadline = MonotonicTime.Never;

    /// <summary>Notes a report about its SSRC.</summary>
    public void Acknowledge() => _header.IsAcknowledged = true;

    /// <summary>Sends a packet if it is time.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (now < NextDeadline)
            return;
        NextDeadline += Interval;
        Span<byte> packet = _port.Packet;
        uint number = Packets++;
        long sequence = _firstSequence + number;
        int headerLength = _header.Write(
            packet, sequence, _firstTimestamp + (number * SamplesPerPacket), marker: number == 0, new AudioLevel(Level < 60, Level));
        Span<byte> payload = packet.Slice(headerLength, PayloadLength);
        payload.Fill((byte)number);
        new FrameTag(_port.Number, FrameTag.Sound, number, 0, 1).Write(payload);
        _port.SendRtp(headerLength, headerLength + PayloadLength, sequence);
    }
}
