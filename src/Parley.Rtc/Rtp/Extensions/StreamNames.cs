namespace Parley.Rtc.Rtp.Extensions;

/// <summary>Checks the names that packets carry as header extensions, before they are looked up: mid, rid and repaired rid.</summary>
public static class StreamNames
{
    /// <summary>The longest name that Parley takes, bytes: what fits the one-byte form of an extension.</summary>
    public const int MaximumLength = 16;

    /// <summary>Whether this is a media identification: 1 to 16 characters of an SDP token (RFC 8866 section 9).</summary>
    public static bool IsMid(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name)
        {
            // Printable ASCII without the separators ( ) < > @ , ; : \ " / [ ] ? =
            if (letter is <= 32 or >= 127 or (byte)'"' or (byte)'(' or (byte)')' or (byte)',' or (byte)'/' or (byte)'\\' or (byte)'[' or (byte)']' or (>= 58 and <= 64))
                return false;
        }

        return name.Length is >= 1 and <= MaximumLength;
    }

    /// <summary>Whether this is an RTP stream id, repaired or not: 1 to 16 letters, digits, '-' or '_' (RFC 8852; '-' and '_' from RFC 8851 section 10).</summary>
    public static bool IsRid(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_'))
                return false;
        }

        return name.Length is >= 1 and <= MaximumLength;
    }
}
