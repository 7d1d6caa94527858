using System.Buffers.Binary;
using Parley.Rtc.Srtp.Ciphers;

namespace Parley.Rtc.Srtp;

/// <summary>AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) in one direction.</summary>
internal sealed class GcmTransform : IDisposable
{
    private const int TagLength = AeadCipher.TagLength;
    private const int NonceLength = 12;
    private const int RtcpHeaderLength = 8;

    private readonly AeadCipher _rtp;
    private readonly AeadCipher _rtcp;
    private readonly byte[] _rtpSalt;
    private readonly byte[] _rtcpSalt;

    public GcmTransform(SrtpSessionKeys keys, bool encrypt, bool native)
    {
        bool direct = native && NativeSelfTest.ProviderPassed;
        _rtp = new AeadCipher(keys.RtpKey, encrypt, native, direct);
        _rtcp = new AeadCipher(keys.RtcpKey, encrypt, native, direct);
        _rtpSalt = keys.RtpSalt;
        _rtcpSalt = keys.RtcpSalt;
    }

    /// <summary>Encrypts the payload and appends the tag; <paramref name="packet"/> has 16 bytes of room behind <paramref name="length"/>.</summary>
    public void ProtectRtp(Span<byte> packet, int headerLength, int length, uint ssrc, long extended)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtpNonce(nonce, ssrc, extended);
        _rtp.Encrypt(nonce, packet[..headerLength], packet[headerLength..length], packet.Slice(length, TagLength));
    }

    /// <summary>Checks and decrypts; false when not authentic.</summary>
    public bool UnprotectRtp(Span<byte> packet, int headerLength, uint ssrc, long extended)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtpNonce(nonce, ssrc, extended);
        int end = packet.Length - TagLength;
        return _rtp.TryDecrypt(nonce, packet[..headerLength], packet[headerLength..end], packet[end..]);
    }

    /// <summary>Asks the processor to fetch what <see cref="ProtectRtp"/> reads.</summary>
    public void Touch() => _rtp.Touch();

    /// <summary>Encrypts all behind the first header; appends tag and index with the E bit (RFC 7714 section 9.2).</summary>
    public void ProtectRtcp(Span<byte> packet, int length, uint ssrc, uint index)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + 4];
        uint word = index | SrtcpIndex.EncryptedBit;
        WriteRtcpNonce(nonce, ssrc, index);
        packet[..RtcpHeaderLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeaderLength..], word);
        _rtcp.Encrypt(nonce, associated, packet[RtcpHeaderLength..length], packet.Slice(length, TagLength));
        BinaryPrimitives.WriteUInt32BigEndian(packet[(length + TagLength)..], word);
    }

    /// <summary>Checks and decrypts, encrypted or only authenticated (RFC 7714 sections 9.2, 9.3) by the E bit of <paramref name="word"/>; false when not authentic.</summary>
    public bool UnprotectRtcp(Span<byte> packet, uint ssrc, uint word)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteRtcpNonce(nonce, ssrc, word & SrtcpIndex.Mask);
        int end = packet.Length - 4 - TagLength;
        Span<byte> tag = packet.Slice(end, TagLength);
        if ((word & SrtcpIndex.EncryptedBit) == 0)
            return UnprotectClearRtcp(packet, nonce, end, tag);
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + 4];
        packet[..RtcpHeaderLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeaderLength..], word);
        return _rtcp.TryDecrypt(nonce, associated, packet[RtcpHeaderLength..end], tag);
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    // The associated data is packet and index without the tag between them: the index takes the tag's place for the check.
    private bool UnprotectClearRtcp(Span<byte> packet, ReadOnlySpan<byte> nonce, int end, Span<byte> tag)
    {
        Span<byte> kept = stackalloc byte[TagLength];
        tag.CopyTo(kept);
        packet[^4..].CopyTo(packet[end..]);
        return _rtcp.TryDecrypt(nonce, packet[..(end + 4)], [], kept);
    }

    private void WriteRtpNonce(Span<byte> nonce, uint ssrc, long extended)
    {
        BinaryPrimitives.WriteUInt16BigEndian(nonce, 0);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[6..], (uint)(extended >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(nonce[10..], (ushort)extended);
        Mix(nonce, _rtpSalt);
    }

    private void WriteRtcpNonce(Span<byte> nonce, uint ssrc, uint index)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], index);
        Mix(nonce, _rtcpSalt);
    }

    private static void Mix(Span<byte> nonce, byte[] salt)
    {
        for (int i = 0; i < NonceLength; i++)
            nonce[i] ^= salt[i];
    }
}
