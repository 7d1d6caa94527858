using System.Security.Cryptography;

namespace Parley.Rtc.Srtp;

/// <summary>The session keys of one direction. <see cref="RtpAuthentication"/> and <see cref="RtcpAuthentication"/> are empty in the AEAD profiles.</summary>
internal sealed record SrtpSessionKeys(
    byte[] RtpKey, byte[] RtpSalt, byte[] RtpAuthentication, byte[] RtcpKey, byte[] RtcpSalt, byte[] RtcpAuthentication)
{
    /// <summary>Derives all of them from a master key and salt.</summary>
    /// <exception cref="ArgumentException">Key or salt have not the profile's length.</exception>
    public static SrtpSessionKeys Derive(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        if (masterKey.Length != profile.KeyLength())
            throw new ArgumentException("The master key has not the profile's length.", nameof(masterKey));
        if (masterSalt.Length != profile.SaltLength())
            throw new ArgumentException("The master salt has not the profile's length.", nameof(masterSalt));
        int authentication = profile == SrtpProfile.Aes128CmHmacSha1Tag80 ? 20 : 0;
        return new SrtpSessionKeys(
            One(masterKey, masterSalt, SrtpKeyDerivation.RtpEncryption, masterKey.Length),
            One(masterKey, masterSalt, SrtpKeyDerivation.RtpSalt, masterSalt.Length),
            One(masterKey, masterSalt, SrtpKeyDerivation.RtpAuthentication, authentication),
            One(masterKey, masterSalt, SrtpKeyDerivation.RtcpEncryption, masterKey.Length),
            One(masterKey, masterSalt, SrtpKeyDerivation.RtcpSalt, masterSalt.Length),
            One(masterKey, masterSalt, SrtpKeyDerivation.RtcpAuthentication, authentication));
    }

    /// <summary>Overwrites the keys (not the salts, which the transforms keep).</summary>
    public void Clear()
    {
        foreach (byte[] key in (ReadOnlySpan<byte[]>)[RtpKey, RtpAuthentication, RtcpKey, RtcpAuthentication])
            CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Never shows key bytes.</summary>
    public override string ToString() => nameof(SrtpSessionKeys);

    private static byte[] One(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        byte[] key = new byte[length];
        SrtpKeyDerivation.Derive(masterKey, masterSalt, label, key);
        return key;
    }
}
