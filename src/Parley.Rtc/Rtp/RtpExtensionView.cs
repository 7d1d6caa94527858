namespace Parley.Rtc.Rtp;

/// <summary>One header extension in a packet (RFC 8285).</summary>
public readonly ref struct RtpExtensionView
{
    internal RtpExtensionView(byte id, ReadOnlySpan<byte> data)
    {
        Id = id;
        Data = data;
    }

    /// <summary>The id that the sender gave it: 1 to 14 in the one-byte form, 1 to 255 in the two-byte form.</summary>
    public byte Id { get; }

    /// <summary>Its bytes; may be empty in the two-byte form.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
