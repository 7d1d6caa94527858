namespace Parley.Rtc.Sdp;

/// <summary>One <c>a=fingerprint</c> (RFC 8122 section 5).</summary>
/// <param name="Algorithm">The hash in lower case: <c>sha-256</c>.</param>
/// <param name="Value">The hash of the certificate.</param>
public sealed record SdpFingerprint(string Algorithm, byte[] Value)
{
    /// <summary>The only algorithm that Parley takes.</summary>
    public const string Sha256 = "sha-256";

    /// <summary>The bytes as upper-case pairs with colons.</summary>
    public static string Format(ReadOnlySpan<byte> value)
    {
        char[] text = new char[Math.Max(0, (value.Length * 3) - 1)];
        for (int i = 0; i < value.Length; i++)
        {
            text[i * 3] = Digit(value[i] >> 4);
            text[(i * 3) + 1] = Digit(value[i] & 15);
            if (i + 1 < value.Length)
                text[(i * 3) + 2] = ':';
        }

        return new string(text);
    }

    /// <summary>Reads pairs with colons, of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out byte[] value)
    {
        value = [];
        if ((text.Length + 1) % 3 != 0 || text.Length > (64 * 3) - 1)
            return false;
        byte[] bytes = new byte[(text.Length + 1) / 3];
        for (int i = 0; i < bytes.Length; i++)
        {
            int at = i * 3;
            if (!char.IsAsciiHexDigit(text[at]) || !char.IsAsciiHexDigit(text[at + 1]) || (at + 2 < text.Length && text[at + 2] != ':'))
                return false;
            bytes[i] = (byte)((Nibble(text[at]) << 4) | Nibble(text[at + 1]));
        }

        value = bytes;
        return true;
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private static int Nibble(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
