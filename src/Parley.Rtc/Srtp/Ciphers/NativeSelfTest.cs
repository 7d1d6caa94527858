using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>Trusts the native library only after it has given the class library's results, refused a wrong tag, and done both twice with one context.</summary>
internal static class NativeSelfTest
{
    /// <summary>Whether the native ciphers may be used in this process.</summary>
    public static readonly bool Passed = LibCrypto.IsLoaded && Run(static () => AeadAgrees(16, direct: false) && AeadAgrees(32, direct: false) && CounterAgrees() && HmacAgrees());

    /// <summary>Whether AES-GCM may be called past EVP, at the provider's own entry points.</summary>
    public static readonly bool ProviderPassed = Passed && Run(static () => AeadAgrees(16, direct: true) && AeadAgrees(32, direct: true));

    private static bool Run(Func<bool> test)
    {
        try
        {
            return test();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool AeadAgrees(int keyLength, bool direct)
    {
        byte[] key = Pattern(keyLength, 1), nonce = Pattern(12, 2), associated = Pattern(20, 3), clear = Pattern(1_100, 4);
        using AeadCipher encrypt = new(key, encrypt: true, native: true, direct), decrypt = new(key, encrypt: false, native: true, direct);
        using AesGcm oracle = new(key, AeadCipher.TagLength);
        for (int round = 0; round < 2; round++)
        {
            nonce[0] = (byte)round;
            byte[] expected = new byte[clear.Length], expectedTag = new byte[16], tag = new byte[16], data = [.. clear];
            oracle.Encrypt(nonce, clear, expected, expectedTag, associated);
            encrypt.Encrypt(nonce, associated, data, tag);
            if (!data.AsSpan().SequenceEqual(expected) || !tag.AsSpan().SequenceEqual(expectedTag))
                return false;
            if (!decrypt.TryDecrypt(nonce, associated, data, tag) || !data.AsSpan().SequenceEqual(clear))
                return false;
            tag[15] ^= 1;
            if (decrypt.TryDecrypt(nonce, associated, expected, tag))
                return false;
        }

        return true;
    }

    private static bool CounterAgrees()
    {
        byte[] key = Pattern(16, 5), counter = Pattern(16, 6);
        counter[14] = counter[15] = 0;
        using CounterCipher native = new(key, native: true), portable = new(key, native: false);
        for (int round = 0; round < 2; round++)
        {
            byte[] left = Pattern(1_101, 7), right = [.. left];
            native.Apply(counter, left);
            portable.Apply(counter, right);
            if (!left.AsSpan().SequenceEqual(right))
                return false;
        }

        return true;
    }

    private static bool HmacAgrees()
    {
        byte[] key = Pattern(20, 8), message = Pattern(1_100, 9), suffix = Pattern(4, 10), left = new byte[20], right = new byte[20];
        using HmacSha1 native = new(key, native: true), portable = new(key, native: false);
        for (int round = 0; round < 2; round++)
        {
            native.Compute(message, suffix, left);
            portable.Compute(message, suffix, right);
            if (!left.AsSpan().SequenceEqual(right))
                return false;
        }

        return true;
    }

    private static byte[] Pattern(int length, int seed)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)((i * 31) + (seed * 73));
        return bytes;
    }
}
