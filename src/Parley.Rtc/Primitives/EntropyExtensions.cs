using System.Buffers.Binary;

namespace Parley.Rtc.Primitives;

/// <summary>Values drawn from <see cref="IEntropy"/>.</summary>
public static class EntropyExtensions
{
    private const string IceLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Draws 32 bits.</summary>
    public static uint NextUInt32(this IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[4];
        entropy.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Draws 64 bits.</summary>
    public static ulong NextUInt64(this IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[8];
        entropy.Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Draws text of <paramref name="length"/> characters, 6 random bits each, from letters, digits, '-' and '_': safe in URLs.</summary>
    public static string NextText(this IEntropy entropy, int length) => Draw(entropy, length, Letters);

    /// <summary>Draws <paramref name="length"/> ice-chars, 6 random bits each: a user fragment or password (RFC 8839 section 5.4).</summary>
    public static string NextIceText(this IEntropy entropy, int length) => Draw(entropy, length, IceLetters);

    private static string Draw(IEntropy entropy, int length, string letters)
    {
        Span<byte> bytes = length <= 256 ? stackalloc byte[length] : new byte[length];
        entropy.Fill(bytes);
        Span<char> text = length <= 256 ? stackalloc char[length] : new char[length];
        for (int i = 0; i < length; i++)
            text[i] = letters[bytes[i] & 63];
        return new string(text);
    }
}
