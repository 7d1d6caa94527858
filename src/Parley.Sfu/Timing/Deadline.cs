using Parley.Rtc.Primitives;

namespace Parley.Sfu.Timing;

/// <summary>When its owner wants to be called; an entry of a <see cref="DeadlineHeap{T}"/>. Asking whether a deadline is early enough costs one comparison.</summary>
/// <typeparam name="T">The owner.</typeparam>
public sealed class Deadline<T>
    where T : class
{
    /// <summary>Makes a deadline that is never reached.</summary>
    public Deadline(T owner) => Owner = owner;

    /// <summary>Whose deadline it is.</summary>
    public T Owner { get; }

    /// <summary>When it is reached.</summary>
    public MonotonicTime At { get; internal set; } = MonotonicTime.Never;

    internal int Index { get; set; } = -1;
}
