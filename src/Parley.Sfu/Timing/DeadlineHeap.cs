using System.Diagnostics.CodeAnalysis;
using Parley.Rtc.Primitives;

namespace Parley.Sfu.Timing;

/// <summary>The deadlines of one shard, earliest first: a binary heap whose entries know their place, so that moving one costs its depth and not a search.</summary>
/// <typeparam name="T">The owner of a deadline.</typeparam>
public sealed class DeadlineHeap<T>
    where T : class
{
    private Deadline<T>[] _heap = new Deadline<T>[64];
    private int _count;

    /// <summary>The earliest deadline; <see cref="MonotonicTime.Never"/> without any.</summary>
    public MonotonicTime Earliest => _count == 0 ? MonotonicTime.Never : _heap[0].At;

    /// <summary>Moves a deadline to <paramref name="at"/> when it is later than that.</summary>
    public void Advance(Deadline<T> deadline, MonotonicTime at)
    {
        if (at < deadline.At)
            Set(deadline, at);
    }

    /// <summary>Moves a deadline to <paramref name="at"/>; <see cref="MonotonicTime.Never"/> takes it out.</summary>
    public void Set(Deadline<T> deadline, MonotonicTime at)
    {
        deadline.At = at;
        if (at == MonotonicTime.Never)
        {
            Remove(deadline);
            return;
        }

        if (deadline.Index < 0)
        {
            if (_count == _heap.Length)
                Array.Resize(ref _heap, _heap.Length * 2);
            Place(deadline, _count++);
        }

        if (!SiftUp(deadline))
            SiftDown(deadline);
    }

    /// <summary>Takes the earliest deadline out if it is reached at <paramref name="now"/>; it is then <see cref="MonotonicTime.Never"/> until set again.</summary>
    public bool TryTakeDue(MonotonicTime now, [NotNullWhen(true)] out T? owner)
    {
        if (_count == 0 || _heap[0].At > now)
        {
            owner = null;
            return false;
        }

        owner = _heap[0].Owner;
        Set(_heap[0], MonotonicTime.Never);
        return true;
    }

    private void Remove(Deadline<T> deadline)
    {
        int index = deadline.Index;
        if (index < 0)
            return;
        deadline.Index = -1;
        Deadline<T> last = _heap[--_count];
        _heap[_count] = null!;
        if (ReferenceEquals(last, deadline))
            return;
        Place(last, index);
        if (!SiftUp(last))
            SiftDown(last);
    }

    private bool SiftUp(Deadline<T> deadline)
    {
        int index = deadline.Index;
        int start = index;
        while (index > 0 && _heap[(index - 1) / 2].At > deadline.At)
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Place(deadline, index);
        return index != start;
    }

    private void SiftDown(Deadline<T> deadline)
    {
        int index = deadline.Index;
        while (true)
        {
            int child = (index * 2) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].At < _heap[child].At)
                child++;
            if (_heap[child].At >= deadline.At)
                break;
            Place(_heap[child], index);
            index = child;
        }

        Place(deadline, index);
    }

    private void Place(Deadline<T> deadline, int index)
    {
        _heap[index] = deadline;
        deadline.Index = index;
    }
}
