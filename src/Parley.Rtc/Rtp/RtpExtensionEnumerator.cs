namespace Parley.Rtc.Rtp;

/// <summary>
/// Walks over the header extensions of one packet, in the one-byte form (profile 0xBEDE, RFC 8285 section 4.2) or the two-byte form (0x1000 to 0x100F, section 4.3);
/// another profile has none. It ends at the first element that does not fit, and where section 4.2 tells a receiver to stop.
/// </summary>
public ref struct RtpExtensionEnumerator
{
    /// <summary>The profile of the one-byte form.</summary>
    public const ushort OneByteProfile = 0xBEDE;

    /// <summary>The profile of the two-byte form; its low four bits are the application's.</summary>
    public const ushort TwoByteProfile = 0x1000;

    private readonly ReadOnlySpan<byte> _block;
    private readonly bool _twoByte;
    private int _position;

    internal RtpExtensionEnumerator(ReadOnlySpan<byte> block, ushort profile)
    {
        _twoByte = (profile & 0xFFF0) == TwoByteProfile;
        _block = _twoByte || profile == OneByteProfile ? block : default;
    }

    /// <summary>The element that the last <see cref="MoveNext"/> found.</summary>
    public RtpExtensionView Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly RtpExtensionEnumerator GetEnumerator() => this;

    /// <summary>Goes on to the next element; false at the end.</summary>
    public bool MoveNext()
    {
        ReadOnlySpan<byte> block = _block;
        int position = _position;
        while ((uint)position < (uint)block.Length)
        {
            byte first = block[position++];
            if (first == 0)
                continue;
            byte id = first;
            int length;
            if (_twoByte)
            {
                if ((uint)position >= (uint)block.Length)
                    break;
                length = block[position++];
            }
            else
            {
                id = (byte)(first >> 4);
                length = (first & 15) + 1;
                // Id 15 and id 0 with a length end the block (RFC 8285 section 4.2).
                if (id is 0 or 15)
                    break;
            }

            if (length > block.Length - position)
                break;
            Current = new(id, block.Slice(position, length));
            _position = position + length;
            return true;
        }

        _position = block.Length;
        return false;
    }
}
