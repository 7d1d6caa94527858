using System.Buffers.Binary;
using System.Security.Cryptography;
using Parley.Rtc.Srtp.Ciphers;

namespace Parley.Rtc.Srtp;

/// <summary>SRTP_AES128_CM_HMAC_SHA1_80 (RFC 3711 sections 4.1.1, 4.2.1) in one direction: encrypted, then authenticated.</summary>
internal sealed class CounterModeTransform : IDisposable
{
    public const int TagLength = 10;
    private const int RtcpHeaderLength = 8;

    private readonly CounterCipher _rtp;
    private readonly CounterCipher _rtcp;
    private readonly HmacSha1 _rtpTag;
    private readonly HmacSha1 _rtcpTag;
    private readonly byte[] _rtpSalt;
    private readonly byte[] _rtcpSalt;

    public CounterModeTransform(SrtpSessionKeys keys, bool native)
    {
        _rtp = new CounterCipher(keys.RtpKey, native);
        _rtcp = new CounterCipher(keys.RtcpKey, native);
        _rtpTag = new HmacSha1(keys.RtpAuthentication, native);
        _rtcpTag = new HmacSha1(keys.RtcpAuthentication, native);
        _rtpSalt = keys.RtpSalt;
        _rtcpSalt = keys.RtcpSalt;
    }

    /// <summary>Encrypts the payload and appends the tag; <paramref name="packet"/> has 10 bytes of room behind <paramref name="length"/>.</summary>
    public void ProtectRtp(Span<byte> packet, int headerLength, int length, uint ssrc, long extended)
    {
        Span<byte> tag = stackalloc byte[HmacSha1.Length];
        Encrypt(_rtp, _rtpSalt, packet[headerLength..length], ssrc, extended);
        ComputeRtpTag(packet[..length], extended, tag);
        tag[..TagLength].CopyTo(packet[length..]);
    }

    /// <summary>Checks and decrypts; false when not authentic.</summary>
    public bool UnprotectRtp(Span<byte> packet, int headerLength, uint ssrc, long extended)
    {
        Span<byte> tag = stackalloc byte[HmacSha1.Length];
        int end = packet.Length - TagLength;
        ComputeRtpTag(packet[..end], extended, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagLength], packet[end..]))
            return false;
        Encrypt(_rtp, _rtpSalt, packet[headerLength..end], ssrc, extended);
        return true;
    }

    /// <summary>Encrypts all behind the first header; appends the index with the E bit, then the tag.</summary>
    public void ProtectRtcp(Span<byte> packet, int length, uint ssrc, uint index)
    {
        Span<byte> tag = stackalloc byte[HmacSha1.Length];
        Encrypt(_rtcp, _rtcpSalt, packet[RtcpHeaderLength..length], ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[length..], index | SrtcpIndex.EncryptedBit);
        _rtcpTag.Compute(packet[..(length + 4)], [], tag);
        tag[..TagLength].CopyTo(packet[(length + 4)..]);
    }

    /// <summary>Checks, and decrypts when the E bit of <paramref name="word"/> is set; false when not authentic.</summary>
    public bool UnprotectRtcp(Span<byte> packet, uint ssrc, uint word)
    {
        Span<byte> tag = stackalloc byte[HmacSha1.Length];
        int end = packet.Length - TagLength;
        _rtcpTag.Compute(packet[..end], [], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagLength], packet[end..]))
            return false;
        if ((word & SrtcpIndex.EncryptedBit) != 0)
            Encrypt(_rtcp, _rtcpSalt, packet[RtcpHeaderLength..(end - 4)], ssrc, word & SrtcpIndex.Mask);
        return true;
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        _rtpTag.Dispose();
        _rtcpTag.Dispose();
    }

    private void ComputeRtpTag(ReadOnlySpan<byte> packet, long extended, Span<byte> tag)
    {
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(extended >> 16));
        _rtpTag.Compute(packet, rollover, tag);
    }

    // IV = (salt * 2^16) xor (SSRC * 2^64) xor (index * 2^16), RFC 3711 section 4.1.1.
    private static void Encrypt(CounterCipher cipher, byte[] salt, Span<byte> data, uint ssrc, long index)
    {
        Span<byte> counter = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(counter, 0);
        BinaryPrimitives.WriteUInt32BigEndian(counter[4..], ssrc);
        BinaryPrimitives.WriteInt64BigEndian(counter[8..], index << 16);
        for (int i = 0; i < 14; i++)
            counter[i] ^= salt[i];
        cipher.Apply(counter, data);
    }
}
