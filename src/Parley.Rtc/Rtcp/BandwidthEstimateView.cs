using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>A receiver's estimate of the bandwidth towards it, REMB (draft-alvestrand-rmcat-remb-03 section 2.2).</summary>
public readonly ref struct BandwidthEstimateView
{
    private readonly ReadOnlySpan<byte> _sources;

    private BandwidthEstimateView(long bitrate, ReadOnlySpan<byte> sources)
    {
        Bitrate = bitrate;
        _sources = sources;
    }

    /// <summary>Bits a second.</summary>
    public long Bitrate { get; }

    /// <summary>How many sources the estimate is for.</summary>
    public int Count => _sources.Length / 4;

    /// <summary>Reads it; false when it is another packet, its sources do not fit or the bit rate is above 2^62.</summary>
    public static bool TryRead(RtcpPacketView packet, out BandwidthEstimateView estimate)
    {
        estimate = default;
        ReadOnlySpan<byte> body = packet.Body;
        if (!packet.IsFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.ApplicationLayer) || body.Length < 16 || !body[8..12].SequenceEqual("REMB"u8))
            return false;
        int count = body[12];
        int exponent = body[13] >> 2;
        long mantissa = ((body[13] & 3) << 16) | BinaryPrimitives.ReadUInt16BigEndian(body[14..]);
        if (body.Length < 16 + (count * 4) || (mantissa != 0 && exponent > 62 - 18))
            return false;
        estimate = new(mantissa << exponent, body.Slice(16, count * 4));
        return true;
    }

    /// <summary>One of the sources, from 0 on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public uint Ssrc(int index) => BinaryPrimitives.ReadUInt32BigEndian(_sources.Slice(index * 4, 4));
}
