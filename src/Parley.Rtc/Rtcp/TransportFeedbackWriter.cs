using System.Buffers.Binary;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtcp;

/// <summary>
/// Writes transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1) from the packets that arrived. One packet is written at a time; what it could not
/// take, because the room ended, a gap in time was beyond 16 bits of 250 microseconds or too many statuses lay between, goes into the next, which starts at <see cref="NextSequence"/>.
/// </summary>
public readonly struct TransportFeedbackWriter
{
    /// <summary>The least room that <see cref="Write"/> needs.</summary>
    public const int MinimumRoom = 64;

    private const int HeaderLength = 4 + TransportFeedbackView.FixedLength;

    private TransportFeedbackWriter(int length, int packets, long nextSequence)
    {
        Length = length;
        Packets = packets;
        NextSequence = nextSequence;
    }

    /// <summary>Bytes of the RTCP packet that was written; 0 when nothing was.</summary>
    public int Length { get; }

    /// <summary>How many of the arrived packets it reports.</summary>
    public int Packets { get; }

    /// <summary>The first sequence number that it does not cover.</summary>
    public long NextSequence { get; }

    /// <summary>
    /// Writes one feedback packet that starts at <paramref name="baseSequence"/> and covers as many of <paramref name="arrived"/> as it can.
    /// </summary>
    /// <param name="destination">The room; nothing is written into less than <see cref="MinimumRoom"/>.</param>
    /// <param name="senderSsrc">Our SSRC.</param>
    /// <param name="mediaSsrc">Any SSRC of the peer's.</param>
    /// <param name="feedbackCount">One more than in the feedback packet before.</param>
    /// <param name="baseSequence">The first sequence number to report, not above that of the first packet; numbers from it on that did not arrive are reported as lost.</param>
    /// <param name="arrived">The packets, in rising order of their sequence numbers, none twice. Those below <paramref name="baseSequence"/> are passed over.</param>
    public static TransportFeedbackWriter Write(
        Span<byte> destination, uint senderSsrc, uint mediaSsrc, byte feedbackCount, long baseSequence, scoped ReadOnlySpan<ArrivedPacket> arrived)
    {
        int passed = 0;
        while (passed < arrived.Length && arrived[passed].Sequence < baseSequence)
            passed++;
        if (destination.Length < MinimumRoom || passed == arrived.Length)
            return new(0, passed, baseSequence);
        long first = arrived[passed].Sequence;
        // A gap too long for one packet is not news to the sender: start where the packets start.
        if (first - baseSequence >= TransportFeedbackView.MaximumStatuses - StatusChunk.LongestRun)
            baseSequence = first;
        long reference = Ticks(arrived[passed].Arrival) / TransportFeedbackEnumerator.TicksPerReference;
        Span<byte> room = destination[..Math.Min(destination.Length, 1500)];
        StatusEncoder encoder = new(
            arrived[passed..], baseSequence, reference * TransportFeedbackEnumerator.TicksPerReference, room[HeaderLength..], stackalloc byte[room.Length]);
        while (encoder.TryAppend())
        {
        }

        int length = HeaderLength + encoder.Complete();
        int padding = -length & 3;
        WriteHeader(destination, senderSsrc, mediaSsrc, length + padding, padding);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], (ushort)baseSequence);
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], (ushort)encoder.Statuses);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], ((uint)reference << 8) | feedbackCount);
        return new(length + padding, passed + encoder.Packets, baseSequence + encoder.Statuses);
    }

    internal static long Ticks(MonotonicTime time) => time.Ticks / (TimeSpan.TicksPerMillisecond / 4);

    private static void WriteHeader(Span<byte> destination, uint senderSsrc, uint mediaSsrc, int length, int padding)
    {
        destination[0] = (byte)(0x80 | FeedbackFormat.Transport);
        destination[1] = (byte)RtcpPacketType.TransportLayerFeedback;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)((length / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], mediaSsrc);
        if (padding == 0)
            return;
        destination[(length - padding)..length].Clear();
        destination[length - 1] = (byte)padding;
        destination[0] |= 0x20;
    }
}
