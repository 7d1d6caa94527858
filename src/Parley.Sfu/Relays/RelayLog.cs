using Parley.Rtc.Primitives;

namespace Parley.Sfu.Relays;

/// <summary>
/// What one end of a row tells the other: the latest state of each thing, in the order of the last changes. It is told from the last acknowledged version on, again and again with
/// growing pauses, so that loss and reordering heal by themselves.
/// </summary>
/// <remarks>
/// <code>
/// input                                         | effect
/// touch                                         | the thing gets the next version and the end of the order; due now
/// acknowledgement of a version                  | goodbyes up to it are forgotten; what was never told is due now
/// acknowledgement of a lower one than before    | the rest is told again
/// reborn                                        | goodbyes are forgotten, all else gets new versions: the other end is told everything
/// </code>
/// </remarks>
public sealed class RelayLog
{
    private readonly RelayRevision _revision;
    private RelayChange? _first;
    private RelayChange? _last;
    private uint _told;
    private TimeSpan _pause = RelayTiming.FirstRepeat;

    /// <summary>Makes an empty log.</summary>
    public RelayLog(RelayRevision revision)
    {
        _revision = revision;
        Birth = Version = Acknowledged = _told = revision.Next();
    }

    /// <summary>The version before the first change.</summary>
    public uint Birth { get; private set; }

    /// <summary>The version of the last change.</summary>
    public uint Version { get; private set; }

    /// <summary>The last version that the other end has applied, all before it included.</summary>
    public uint Acknowledged { get; private set; }

    /// <summary>Whether changes were told since the birth.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Whether something is to be told.</summary>
    public bool IsBehind => Acknowledged != Version;

    /// <summary>When to tell it.</summary>
    public MonotonicTime DueAt { get; private set; } = MonotonicTime.Never;

    /// <summary>The first change after a version; null when there is none.</summary>
    public RelayChange? After(uint version)
    {
        RelayChange? found = null;
        for (RelayChange? change = _last; change is not null && change.Version > version; change = change.Previous)
            found = change;
        return found;
    }

    /// <summary>Notes that a thing changed.</summary>
    public void Touch(RelayChange change, MonotonicTime now)
    {
        if (change.Version != 0)
            Unlink(change);
        change.Version = Version = _revision.Next();
        Append(change);
        _pause = RelayTiming.FirstRepeat;
        DueAt = MonotonicTime.Earlier(DueAt, now);
    }

    /// <summary>Takes a thing out of which nothing is said any more.</summary>
    public void Remove(RelayChange change)
    {
        if (change.Version == 0)
            return;
        Unlink(change);
        change.Version = 0;
    }

    /// <summary>Notes what the other end has applied.</summary>
    public void Acknowledge(uint version, MonotonicTime now)
    {
        if (version < Birth || version > Version)
            return;
        Acknowledged = version;
        RelayChange? change = _first;
        while (change is not null && change.Version <= version)
        {
            RelayChange? next = change.Next;
            if (change.Kind == RelayChangeKind.Gone)
                Remove(change);
            change = next;
        }

        if (!IsBehind)
            DueAt = MonotonicTime.Never;
        else if (version >= _told)
            DueAt = now;
        else
            DueAt = MonotonicTime.Earlier(DueAt, now + _pause);
    }

    /// <summary>Notes that the changes up to a version were told.</summary>
    public void Tell(uint version, TimeSpan roundTrip, MonotonicTime now)
    {
        HasSpoken = true;
        _told = Math.Max(_told, version);
        TimeSpan pause = _pause > roundTrip * 1.5 ? _pause : roundTrip * 1.5;
        DueAt = now + pause;
        _pause = pause * 2 < RelayTiming.SlowestRepeat ? pause * 2 : RelayTiming.SlowestRepeat;
    }

    /// <summary>Begins anew for another end that knows nothing, or none.</summary>
    public void Reborn(MonotonicTime now)
    {
        RelayChange? change = _first;
        _first = _last = null;
        Birth = Version = Acknowledged = _told = _revision.Next();
        HasSpoken = false;
        _pause = RelayTiming.FirstRepeat;
        while (change is not null)
        {
            RelayChange? next = change.Next;
            change.Version = 0;
            change.Previous = change.Next = null;
            if (change.Kind != RelayChangeKind.Gone)
                Touch(change, now);
            change = next;
        }

        if (!IsBehind)
            DueAt = MonotonicTime.Never;
    }

    private void Append(RelayChange change)
    {
        change.Previous = _last;
        change.Next = null;
        if (_last is null)
            _first = change;
        else
            _last.Next = change;
        _last = change;
    }

    private void Unlink(RelayChange change)
    {
        if (change.Previous is null)
            _first = change.Next;
        else
            change.Previous.Next = change.Next;
        if (change.Next is null)
            _last = change.Previous;
        else
            change.Next.Previous = change.Previous;
        change.Previous = change.Next = null;
    }
}
