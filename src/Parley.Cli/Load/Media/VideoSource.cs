using System.Buffers.Binary;

namespace Parley.Cli.Load.Media;

/// <summary>
/// A camera that needs no encoder: VP8 frames of constant size whose headers are real (RFC 7741, RFC 6386 section 9.1) and whose pictures are filler.
/// Sans-I/O: it says when the next frame is due and writes the payloads of its packets.
/// </summary>
public sealed class VideoSource
{
    /// <summary>The RTP clock, Hz.</summary>
    public const int ClockRate = 90_000;

    private const int DescriptorSize = 4;
    private const int KeyFrameFactor = 4;
    private const int MaximumPayload = 1_100;

    private readonly int _stream;
    private readonly int _frameBytes;
    private readonly long _frameMicroseconds;
    private long _counter;
    private ushort _pictureId;
    private bool _keyFrameWanted = true;
    private int _left;
    private bool _first;
    private bool _key;
    private int _packetBytes;

    /// <summary>Makes a source of <paramref name="bitsPerSecond"/> payload at <paramref name="framesPerSecond"/>; <paramref name="stream"/> goes into every stamp.</summary>
    public VideoSource(int stream, int bitsPerSecond, int framesPerSecond)
    {
        _stream = stream;
        _frameBytes = Math.Max(200, bitsPerSecond / 8 / framesPerSecond);
        _frameMicroseconds = 1_000_000 / framesPerSecond;
    }

    /// <summary>When the next frame is due, us of the caller's clock.</summary>
    public long DueMicroseconds { get; private set; }

    /// <summary>The RTP timestamp of the frame begun last.</summary>
    public uint Timestamp { get; private set; }

    /// <summary>Packets written since the start.</summary>
    public long Packets => _counter;

    /// <summary>Makes the first frame due at a time.</summary>
    public void StartAt(long microseconds) => DueMicroseconds = microseconds;

    /// <summary>Makes the next frame a key frame, as a PLI asks for.</summary>
    public void RequestKeyFrame() => _keyFrameWanted = true;

    /// <summary>Begins the frame that is due; a source that fell far behind skips what is lost rather than sending a burst.</summary>
    public void BeginFrame(long nowMicroseconds)
    {
        Timestamp = (uint)(nowMicroseconds * ClockRate / 1_000_000);
        bool fellBehind = nowMicroseconds - DueMicroseconds > 10 * _frameMicroseconds;
        DueMicroseconds = fellBehind ? nowMicroseconds + _frameMicroseconds : DueMicroseconds + _frameMicroseconds;
        _key = _keyFrameWanted;
        _keyFrameWanted = false;
        _first = true;
        _left = _key ? _frameBytes * KeyFrameFactor : _frameBytes;
        int packets = (_left + MaximumPayload - 1) / MaximumPayload;
        _packetBytes = (_left + packets - 1) / packets;
        _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
    }

    /// <summary>Writes the payload of the frame's next packet; returns its length, 0 when the frame is complete. <paramref name="last"/> is the RTP marker.</summary>
    public int NextPacket(Span<byte> payload, long nowMicroseconds, out bool last)
    {
        last = false;
        if (_left <= 0)
            return 0;
        int size = Math.Max(Math.Min(_packetBytes, _left), DescriptorSize + 10 + PacketStamp.Size);
        _left -= size;
        last = _left <= 0;
        Span<byte> packet = payload[..size];
        packet.Fill(0x5A);
        WriteDescriptor(packet);
        if (_first)
            WriteFrameHeader(packet[DescriptorSize..]);
        _first = false;
        new PacketStamp(_stream, _counter++, nowMicroseconds).Write(packet);
        return size;
    }

    private void WriteDescriptor(Span<byte> packet)
    {
        packet[0] = (byte)(0x80 | (_first ? 0x10 : 0)); // X, and S on the first packet of the partition.
        packet[1] = 0x80;                               // I: a picture id follows.
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(0x8000 | _pictureId));
    }

    private void WriteFrameHeader(Span<byte> frame)
    {
        frame[0] = (byte)(0x10 | (_key ? 0 : 1)); // show_frame; the lowest bit is 0 in key frames.
        frame[1] = 0;
        frame[2] = 0;
        if (!_key)
            return;
        frame[3] = 0x9D;
        frame[4] = 0x01;
        frame[5] = 0x2A;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[6..], 1280);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[8..], 720);
    }
}
