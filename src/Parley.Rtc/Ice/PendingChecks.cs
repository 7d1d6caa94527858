using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Ice;

/// <summary>The transaction ids of the last few checks sent, with their times; the oldest makes room.</summary>
internal sealed class PendingChecks
{
    private const int Capacity = 16;

    private readonly byte[] _ids = new byte[Capacity * StunConstants.TransactionIdLength];
    private readonly MonotonicTime[] _sent = new MonotonicTime[Capacity];
    private int _next;

    public PendingChecks() => Clear();

    public void Add(ReadOnlySpan<byte> id, MonotonicTime now)
    {
        id.CopyTo(Id(_next));
        _sent[_next] = now;
        _next = (_next + 1) % Capacity;
    }

    /// <summary>Where the check with this id is; -1 when none waits.</summary>
    public int IndexOf(ReadOnlySpan<byte> id)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_sent[i] != MonotonicTime.Never && id.SequenceEqual(Id(i)))
                return i;
        }

        return -1;
    }

    public MonotonicTime SentAt(int index) => _sent[index];

    public void Clear() => Array.Fill(_sent, MonotonicTime.Never);

    private Span<byte> Id(int index) => _ids.AsSpan(index * StunConstants.TransactionIdLength, StunConstants.TransactionIdLength);
}
