using System.Buffers.Binary;
using System.Diagnostics;

namespace Parley.Rtc.Srtp;

/// <summary>
/// The sending half of an SRTP association (RFC 3711, RFC 7714): encrypts in place, allocates nothing per packet. For one thread at a time.
/// No key and nonce are used twice as long as the caller never gives two different packets of one SSRC the same extended sequence number.
/// </summary>
public sealed class SrtpOutbound : IDisposable
{
    private const int MinimumRtpHeader = 12;
    private const int MinimumRtcp = 8;

    private readonly GcmTransform? _gcm;
    private readonly CounterModeTransform? _counterMode;
    private uint _rtcpIndex;

    /// <summary>Derives the session keys.</summary>
    /// <param name="profile">The agreed profile.</param>
    /// <param name="masterKey">Our master key, 16 or 32 bytes.</param>
    /// <param name="masterSalt">Our master salt, 12 or 14 bytes.</param>
    /// <param name="backend">Which implementation; the choice of the process by default.</param>
    /// <exception cref="ArgumentException">Key or salt have not the profile's length, or there is no such profile.</exception>
    public SrtpOutbound(
        SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, SrtpBackend backend = SrtpBackend.Automatic)
        : this(profile, SrtpSessionKeys.Derive(profile, masterKey, masterSalt), backend)
    {
    }

    internal SrtpOutbound(SrtpProfile profile, SrtpSessionKeys keys, SrtpBackend backend)
    {
        bool native = SrtpBackendSupport.UsesNative(backend);
        if (profile == SrtpProfile.Aes128CmHmacSha1Tag80)
            _counterMode = new CounterModeTransform(keys, native);
        else
            _gcm = new GcmTransform(keys, encrypt: true, native);
        RtpOverhead = profile.RtpOverhead();
        RtcpOverhead = profile.RtcpOverhead();
        keys.Clear();
    }

    /// <summary>Bytes that <see cref="ProtectRtp"/> adds: the tail room it needs.</summary>
    public int RtpOverhead { get; }

    /// <summary>Bytes that <see cref="ProtectRtcp"/> adds: the tail room it needs.</summary>
    public int RtcpOverhead { get; }

    /// <summary>Encrypts an RTP packet in place.</summary>
    /// <param name="buffer">The packet, with <see cref="RtpOverhead"/> bytes of room behind it.</param>
    /// <param name="headerLength">Bytes in the clear: fixed header, CSRCs and extension.</param>
    /// <param name="length">Length of the packet.</param>
    /// <param name="extendedSequence">65,536 * ROC + sequence number; its lower 16 bits stand in the header.</param>
    /// <returns>The new length.</returns>
    /// <exception cref="ArgumentException">No room, lengths out of order, or a sequence number above 48 bits.</exception>
    public int ProtectRtp(Span<byte> buffer, int headerLength, int length, long extendedSequence)
    {
        if (headerLength < MinimumRtpHeader || length < headerLength || buffer.Length - length < RtpOverhead || extendedSequence >>> 48 != 0)
            throw new ArgumentException("The buffer has no room for the tag, or lengths or sequence number are out of range.", nameof(buffer));
        Debug.Assert(BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]) == (ushort)extendedSequence, "The header holds another sequence number.");
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]);
        if (_gcm is not null)
            _gcm.ProtectRtp(buffer, headerLength, length, ssrc, extendedSequence);
        else
            _counterMode!.ProtectRtp(buffer, headerLength, length, ssrc, extendedSequence);
        return length + RtpOverhead;
    }

    /// <summary>Asks the processor to fetch what <see cref="ProtectRtp"/> reads, and does not wait for it.</summary>
    public void Touch() => _gcm?.Touch();

    /// <summary>Encrypts a compound RTCP packet in place under the next SRTCP index (from 1 on; one count for all SSRCs).</summary>
    /// <param name="buffer">The packet, with <see cref="RtcpOverhead"/> bytes of room behind it.</param>
    /// <param name="length">Length of the packet, at least 8.</param>
    /// <returns>The new length; 0 when all 2^31 indices are spent and nothing more may be sent under these keys (RFC 3711 section 9.2).</returns>
    /// <exception cref="ArgumentException">No room, or too short.</exception>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        if (length < MinimumRtcp || buffer.Length - length < RtcpOverhead)
            throw new ArgumentException("The buffer has no room for tag and index, or the packet is too short.", nameof(buffer));
        if (_rtcpIndex == SrtcpIndex.Mask)
            return 0;
        ProtectRtcpAt(buffer, length, ++_rtcpIndex);
        return length + RtcpOverhead;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gcm?.Dispose();
        _counterMode?.Dispose();
    }

    internal void ProtectRtcpAt(Span<byte> buffer, int length, uint index)
    {
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        if (_gcm is not null)
            _gcm.ProtectRtcp(buffer, length, ssrc, index);
        else
            _counterMode!.ProtectRtcp(buffer, length, ssrc, index);
    }
}
