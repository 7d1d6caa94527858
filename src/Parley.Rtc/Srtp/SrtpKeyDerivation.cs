using System.Security.Cryptography;

namespace Parley.Rtc.Srtp;

/// <summary>Session keys from master keys: AES in counter mode as the pseudo-random function (RFC 3711 section 4.3; RFC 6188 for 256 bits), key derivation rate 0.</summary>
internal static class SrtpKeyDerivation
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    /// <summary>Fills <paramref name="output"/> with the session key of <paramref name="label"/>. A 12-byte salt is padded on the right to 14 (RFC 7714 section 11).</summary>
    public static void Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, Span<byte> output)
    {
        Span<byte> counter = stackalloc byte[16];
        Span<byte> block = stackalloc byte[16];
        counter.Clear();
        masterSalt.CopyTo(counter);
        counter[7] ^= label;
        using Aes aes = Aes.Create();
        aes.SetKey(masterKey);
        for (int offset = 0; offset < output.Length; offset += 16)
        {
            counter[15] = (byte)(offset / 16);
            aes.EncryptEcb(counter, block, PaddingMode.None);
            block[..Math.Min(16, output.Length - offset)].CopyTo(output[offset..]);
        }

        CryptographicOperations.ZeroMemory(block);
    }
}
