using System.Buffers;
using System.Buffers.Binary;

namespace Parley.NetLab.Captures.Control;

/// <summary>Takes gRPC messages out of what one end of an HTTP/2 connection said (RFC 9113; gRPC over HTTP/2): nothing else carries what is called.</summary>
internal sealed class GrpcReader
{
    private const int FrameHeader = 9;
    private const int MessageHeader = 5;
    private const byte Data = 0;
    private const byte Padded = 8;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _waiting = new();
    private readonly Dictionary<uint, ArrayBufferWriter<byte>> _streams = [];
    private bool _isFirst;

    /// <summary>Begins with the connection's first byte.</summary>
    public GrpcReader(bool isClient) => _isFirst = isClient;

    /// <summary>Takes the next bytes; each message that is whole now with its stream.</summary>
    public IEnumerable<(uint Stream, byte[] Message)> Take(byte[] bytes)
    {
        _waiting.Write(bytes);
        int at = 0;
        if (_isFirst && _waiting.WrittenCount >= Preface.Length)
        {
            at = _waiting.WrittenSpan[..Preface.Length].SequenceEqual(Preface) ? Preface.Length : 0;
            _isFirst = false;
        }

        List<(uint, byte[])> messages = [];
        while (!_isFirst && Frame(at) is { } frame)
        {
            if (frame.Type == Data)
                Take(frame, messages);
            at = frame.End;
        }

        byte[] rest = _waiting.WrittenSpan[at..].ToArray();
        _waiting.ResetWrittenCount();
        _waiting.Write(rest);
        return messages;
    }

    private (byte Type, byte Flags, uint Stream, int Start, int End)? Frame(int at)
    {
        ReadOnlySpan<byte> left = _waiting.WrittenSpan[at..];
        if (left.Length < FrameHeader)
            return null;
        int length = (left[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(left[1..]);
        if (left.Length < FrameHeader + length)
            return null;
        return (left[3], left[4], BinaryPrimitives.ReadUInt32BigEndian(left[5..]) & 0x7FFF_FFFF, at + FrameHeader, at + FrameHeader + length);
    }

    private void Take((byte Type, byte Flags, uint Stream, int Start, int End) frame, List<(uint, byte[])> messages)
    {
        ReadOnlySpan<byte> data = _waiting.WrittenSpan[frame.Start..frame.End];
        if ((frame.Flags & Padded) != 0)
            data = data[1..^data[0]];
        if (!_streams.TryGetValue(frame.Stream, out ArrayBufferWriter<byte>? stream))
            stream = _streams[frame.Stream] = new ArrayBufferWriter<byte>();
        stream.Write(data);
        ReadOnlySpan<byte> whole = stream.WrittenSpan;
        while (whole.Length >= MessageHeader && BinaryPrimitives.ReadInt32BigEndian(whole[1..]) is var length && whole.Length >= MessageHeader + length)
        {
            messages.Add((frame.Stream, whole.Slice(MessageHeader, length).ToArray()));
            whole = whole[(MessageHeader + length)..];
        }

        byte[] rest = whole.ToArray();
        stream.ResetWrittenCount();
        stream.Write(rest);
    }
}
