using System.Buffers.Binary;

namespace Parley.Rtc.Srtp;

/// <summary>
/// The receiving half of an SRTP association (RFC 3711, RFC 7714): refuses replays before it decrypts, in place, and allocates nothing per packet (once per new
/// authentic SSRC). For one thread at a time. A packet that is refused changes no state, whatever it holds.
/// </summary>
public sealed class SrtpInbound : IDisposable
{
    private const int MinimumRtpHeader = 12;
    private const int MinimumRtcp = 8;

    private readonly GcmTransform? _gcm;
    private readonly CounterModeTransform? _counterMode;
    private readonly ReplayTable _rtp;
    private readonly ReplayTable _rtcp;
    private readonly int _rtpOverhead;
    private readonly int _rtcpOverhead;

    /// <summary>Derives the session keys.</summary>
    /// <param name="profile">The agreed profile.</param>
    /// <param name="masterKey">The peer's master key, 16 or 32 bytes.</param>
    /// <param name="masterSalt">The peer's master salt, 12 or 14 bytes.</param>
    /// <param name="maximumStreams">How many SSRCs may be known at once, of RTP and of RTCP each; about 250 bytes an SSRC.</param>
    /// <param name="backend">Which implementation; the choice of the process by default.</param>
    /// <exception cref="ArgumentException">Key or salt have not the profile's length, or there is no such profile.</exception>
    public SrtpInbound(
        SrtpProfile profile,
        ReadOnlySpan<byte> masterKey,
        ReadOnlySpan<byte> masterSalt,
        int maximumStreams,
        SrtpBackend backend = SrtpBackend.Automatic)
        : this(profile, SrtpSessionKeys.Derive(profile, masterKey, masterSalt), maximumStreams, backend)
    {
    }

    internal SrtpInbound(SrtpProfile profile, SrtpSessionKeys keys, int maximumStreams, SrtpBackend backend)
    {
        bool native = SrtpBackendSupport.UsesNative(backend);
        if (profile == SrtpProfile.Aes128CmHmacSha1Tag80)
            _counterMode = new CounterModeTransform(keys, native);
        else
            _gcm = new GcmTransform(keys, encrypt: false, native);
        _rtp = new ReplayTable(maximumStreams);
        _rtcp = new ReplayTable(maximumStreams);
        _rtpOverhead = profile.RtpOverhead();
        _rtcpOverhead = profile.RtcpOverhead();
        keys.Clear();
    }

    /// <summary>How many SSRCs have sent authentic RTP and were not removed since.</summary>
    public int StreamCount => _rtp.Count;

    /// <summary>Checks and decrypts an RTP packet in place.</summary>
    /// <param name="packet">The packet as received; undefined after <see cref="SrtpResult.NotAuthentic"/>.</param>
    /// <param name="headerLength">Bytes in the clear: fixed header, CSRCs and extension, as parsed from the packet.</param>
    /// <param name="length">Length without the tag; 0 unless <see cref="SrtpResult.Ok"/>.</param>
    /// <param name="extendedSequence">65,536 * ROC + sequence number; the first packet of an SSRC has ROC 0. 0 unless <see cref="SrtpResult.Ok"/>.</param>
    public SrtpResult UnprotectRtp(Span<byte> packet, int headerLength, out int length, out long extendedSequence)
    {
        length = 0;
        extendedSequence = 0;
        if (headerLength < MinimumRtpHeader || packet.Length - _rtpOverhead < headerLength)
            return SrtpResult.Malformed;
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        ReplayWindow? window = _rtp.Find(ssrc);
        if (window is null && _rtp.IsFull)
            return SrtpResult.TooManyStreams;
        long index = ReplayWindow.Estimate(window?.Highest ?? -1, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        SrtpResult seen = window?.Check(index) ?? SrtpResult.Ok;
        if (seen != SrtpResult.Ok)
            return seen;
        bool authentic = _gcm is not null
            ? _gcm.UnprotectRtp(packet, headerLength, ssrc, index)
            : _counterMode!.UnprotectRtp(packet, headerLength, ssrc, index);
        if (!authentic)
            return SrtpResult.NotAuthentic;
        (window ?? _rtp.Add(ssrc)).Accept(index);
        length = packet.Length - _rtpOverhead;
        extendedSequence = index;
        return SrtpResult.Ok;
    }

    /// <summary>Checks and decrypts an RTCP packet in place.</summary>
    /// <param name="packet">The packet as received; undefined after <see cref="SrtpResult.NotAuthentic"/>.</param>
    /// <param name="length">Length without tag and index; 0 unless <see cref="SrtpResult.Ok"/>.</param>
    public SrtpResult UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < MinimumRtcp + _rtcpOverhead)
            return SrtpResult.Malformed;
        // The tag stands before the index in the AEAD profiles (RFC 7714 section 9), behind it in the other (RFC 3711 section 3.4).
        int wordOffset = packet.Length - 4 - (_gcm is null ? CounterModeTransform.TagLength : 0);
        uint word = BinaryPrimitives.ReadUInt32BigEndian(packet[wordOffset..]);
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        long index = word & SrtcpIndex.Mask;
        ReplayWindow? window = _rtcp.Find(ssrc);
        if (window is null && _rtcp.IsFull)
            return SrtpResult.TooManyStreams;
        SrtpResult seen = window?.Check(index) ?? SrtpResult.Ok;
        if (seen != SrtpResult.Ok)
            return seen;
        bool authentic = _gcm is not null ? _gcm.UnprotectRtcp(packet, ssrc, word) : _counterMode!.UnprotectRtcp(packet, ssrc, word);
        if (!authentic)
            return SrtpResult.NotAuthentic;
        (window ?? _rtcp.Add(ssrc)).Accept(index);
        length = packet.Length - _rtcpOverhead;
        return SrtpResult.Ok;
    }

    /// <summary>Forgets an SSRC that ended. Should it come back, it begins at ROC 0 again: only for SSRCs that are signalled as gone.</summary>
    public void RemoveStream(uint ssrc)
    {
        _rtp.Remove(ssrc);
        _rtcp.Remove(ssrc);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gcm?.Dispose();
        _counterMode?.Dispose();
    }
}
