using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>Walks over the items of a source description (RFC 3550 section 6.5); it ends at the first that does not fit.</summary>
public ref struct SourceDescriptionReader
{
    /// <summary>The item type of the canonical name (RFC 3550 section 6.5.1).</summary>
    public const byte Cname = 1;

    private readonly ReadOnlySpan<byte> _body;
    private int _chunksLeft;
    private int _position;
    private bool _inChunk;

    /// <summary>Starts before the first item; there is none when the packet is no source description.</summary>
    public SourceDescriptionReader(RtcpPacketView packet)
    {
        if (packet.Type != RtcpPacketType.SourceDescription)
            return;
        _body = packet.Body;
        _chunksLeft = packet.Count;
    }

    /// <summary>The source that the item describes.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>The item's type.</summary>
    public byte ItemType { get; private set; }

    /// <summary>The item's text, UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Goes on to the next item; false at the end.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (!_inChunk && !TryEnterChunk())
                return false;
            if (_position >= _body.Length)
                return false;
            byte type = _body[_position];
            if (type == 0)
            {
                // The list ends with one to four zero bytes, up to the next word.
                _position = (_position + 4) & ~3;
                _inChunk = false;
                continue;
            }

            if (_body.Length - _position < 2 || _body[_position + 1] > _body.Length - _position - 2)
                return false;
            ItemType = type;
            Text = _body.Slice(_position + 2, _body[_position + 1]);
            _position += 2 + Text.Length;
            return true;
        }
    }

    private bool TryEnterChunk()
    {
        if (_chunksLeft == 0 || _body.Length - _position < 4)
            return false;
        _chunksLeft--;
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(_body[_position..]);
        _position += 4;
        _inChunk = true;
        return true;
    }
}
