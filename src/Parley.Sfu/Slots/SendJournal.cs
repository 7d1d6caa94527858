using System.Numerics;
using Parley.Rtc.Primitives;

namespace Parley.Sfu.Slots;

/// <summary>The last packets a slot sent, as a ring of metadata: answers a subscriber's NACK (RFC 4585 section 6.2.1) without keeping a second copy of anything.</summary>
/// <remarks>
/// <code>
/// sequence number                            | verdict  | effect
/// not sent, or overwritten                   | Unknown  |
/// sent again less than half a round trip ago | TooSoon  |
/// sent again 10 times                        | TooOften |
/// otherwise                                  | Resend   | noted as sent again now
/// </code>
/// </remarks>
public sealed class SendJournal
{
    /// <summary>How often a packet is sent again: as often as libwebrtc asks for it. One that gave up sooner would freeze it for the 3 s after which it wants a key frame.</summary>
    public const int MaximumResends = 10;

    /// <summary>The shortest time between two resends, however short the round trip.</summary>
    public static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(10);

    private readonly Entry[] _ring;
    private readonly int _mask;

    /// <summary>Makes an empty journal of <paramref name="capacity"/> packets, a power of two.</summary>
    public SendJournal(int capacity)
    {
        if (capacity <= 0 || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity is a power of two.");
        _ring = new Entry[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Notes a packet sent for the first time.</summary>
    public void Record(in SentPacket packet, MonotonicTime now) => _ring[packet.Outgoing & _mask] = new Entry
    {
        Source = packet.Source,
        FirstSentAt = now,
        Outgoing = (uint)packet.Outgoing,
        TimestampOffset = packet.TimestampOffset,
        SourceKey = packet.SourceKey,
        CodecIds = packet.CodecIds,
        IsUsed = true,
    };

    /// <summary>Decides about a requested extended sequence number, and counts it as sent again when the verdict is <see cref="ResendVerdict.Resend"/>.</summary>
    /// <param name="outgoing">The number.</param>
    /// <param name="roundTrip">The round trip to the subscriber.</param>
    /// <param name="now">The time.</param>
    /// <param name="packet">What was sent; valid unless the verdict is <see cref="ResendVerdict.Unknown"/>.</param>
    /// <param name="age">How long ago it was sent for the first time, just so.</param>
    public ResendVerdict TryResend(long outgoing, TimeSpan roundTrip, MonotonicTime now, out SentPacket packet, out TimeSpan age)
    {
        ref Entry entry = ref _ring[outgoing & _mask];
        packet = new SentPacket(outgoing, entry.Source, entry.TimestampOffset, entry.SourceKey, entry.CodecIds);
        age = now - entry.FirstSentAt;
        if (!entry.IsUsed || entry.Outgoing != (uint)outgoing)
            return ResendVerdict.Unknown;
        // Measured round trips hold the jitter of their moment: requests may well come sooner than one. So the first is always answered, and for the others
        // half of one tells a repeated request from one that could not know yet.
        TimeSpan pause = roundTrip / 2;
        if (entry.Resends > 0 && age - TimeSpan.FromMicroseconds(entry.SentAfter) < (pause > MinimumPause ? pause : MinimumPause))
            return ResendVerdict.TooSoon;
        if (entry.Resends >= MaximumResends)
            return ResendVerdict.TooOften;
        entry.SentAfter = (uint)Math.Min(age.Ticks / TimeSpan.TicksPerMicrosecond, uint.MaxValue);
        entry.Resends++;
        return ResendVerdict.Resend;
    }

    /// <summary>Reads where a packet will be noted; see <see cref="Slot.Touch"/>.</summary>
    public long Touch(long outgoing) => _ring[outgoing & _mask].Outgoing;

    /// <summary>Forgets everything, when the slot's stream ends.</summary>
    public void Clear() => Array.Clear(_ring);

    // 40 bytes, in the order that needs no padding: a subscriber has a ring for each of its slots.
    private struct Entry
    {
        public long Source;
        public MonotonicTime FirstSentAt;

        // The low half tells numbers of one ring apart: it wraps after 2^32 packets, and the ring is overwritten long before.
        public uint Outgoing;
        public int TimestampOffset;
        public int SourceKey;

        // Microseconds from the first time to the last.
        public uint SentAfter;
        public CodecIds CodecIds;
        public byte Resends;
        public bool IsUsed;
    }
}
