using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>
/// Transport-wide feedback: which of a run of packets arrived, and when (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). The chunks and deltas are checked
/// as a whole when the view is made, so that the enumeration cannot fail half-way.
/// </summary>
public readonly ref struct TransportFeedbackView
{
    /// <summary>The most statuses that are accepted: a bound on the work that a few bytes of run lengths can ask for, three seconds of 5,000 packets each.</summary>
    public const int MaximumStatuses = 16_384;

    internal const int FixedLength = 16;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _deltas;

    private TransportFeedbackView(ReadOnlySpan<byte> body, int deltas)
    {
        _body = body;
        _deltas = deltas;
    }

    /// <summary>The SSRC of the receiver that reports.</summary>
    public uint SenderSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    /// <summary>An SSRC of ours, of no meaning.</summary>
    public uint MediaSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body[4..]);

    /// <summary>The transport-wide sequence number of the first status.</summary>
    public ushort BaseSequence => BinaryPrimitives.ReadUInt16BigEndian(_body[8..]);

    /// <summary>How many packets, arrived or not, the feedback covers.</summary>
    public int StatusCount => BinaryPrimitives.ReadUInt16BigEndian(_body[10..]);

    /// <summary>The time that the deltas start from, by the receiver's clock: 24 bits signed, in units of 64 ms.</summary>
    public int ReferenceTime => BinaryPrimitives.ReadInt32BigEndian(_body[12..]) >> 8;

    /// <summary>A number that grows by one with each feedback packet; wraps.</summary>
    public byte FeedbackCount => _body[15];

    /// <summary>The statuses in the order of their sequence numbers.</summary>
    public TransportFeedbackEnumerator Statuses => _body.IsEmpty ? default : new(BaseSequence, StatusCount, ReferenceTime, _body[FixedLength.._deltas], _body[_deltas..]);

    /// <summary>Reads it; false when it is another packet, covers more than <see cref="MaximumStatuses"/>, has a reserved symbol, or its chunks and deltas do not fit.</summary>
    public static bool TryRead(RtcpPacketView packet, out TransportFeedbackView feedback)
    {
        feedback = default;
        ReadOnlySpan<byte> body = packet.Body;
        if (!packet.IsFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Transport) || body.Length < FixedLength)
            return false;
        int left = BinaryPrimitives.ReadUInt16BigEndian(body[10..]);
        if (left is 0 or > MaximumStatuses)
            return false;
        int position = FixedLength;
        int deltaBytes = 0;
        while (left > 0)
        {
            if (body.Length - position < 2)
                return false;
            StatusChunk chunk = new(BinaryPrimitives.ReadUInt16BigEndian(body[position..]));
            int count = Math.Min(chunk.Count, left);
            int bytes = chunk.DeltaBytes(count);
            if (count == 0 || bytes < 0)
                return false;
            position += 2;
            deltaBytes += bytes;
            left -= count;
        }

        if (body.Length - position < deltaBytes)
            return false;
        feedback = new(body, position);
        return true;
    }
}
