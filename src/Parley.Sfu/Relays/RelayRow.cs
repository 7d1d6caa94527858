using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>One room on a relay link: what this end offers of it, what it takes of the other end's offers, and how far the ends know each other's state.</summary>
/// <remarks>
/// <code>
/// the other end | input                                       | effect                                                  | next
/// unknown       | status, changes                             | its birth is noted; it is told everything               | known
/// unknown       | 1 s                                         | our status alone                                        | unknown
/// known         | changes that follow what was applied        | applied, acknowledged                                   | known
/// known         | changes with a gap before them, or old ones | acknowledged with what was applied                      | known
/// known         | status or changes of a later birth          | its sources end; it is told everything if it knows none | known
/// known         | status or changes of an earlier birth       | none                                                    | known
/// known         | left, or 5 s without a word                 | its sources end, nothing is sent to it                  | unknown
/// any           | we leave, or the link ends                  | its sources end, all state goes                         | gone
/// </code>
/// </remarks>
public sealed class RelayRow : IRoomRelay
{
    private readonly RelayOutlets _outlets;
    private readonly RelayInlets _inlets;
    private uint _peerBirth;
    private uint _applied;
    private bool _isKnown;
    private bool _isStatusDue = true;
    private MonotonicTime _heardAt;

    /// <summary>Joins a room to a link.</summary>
    public RelayRow(RelayLink link, Room room, uint number)
    {
        Link = link;
        Room = room;
        Number = number;
        Log = new RelayLog(link.Revision);
        _outlets = new RelayOutlets(this);
        _inlets = new RelayInlets(this);
    }

    /// <summary>The link.</summary>
    public RelayLink Link { get; }

    /// <summary>The room on this shard.</summary>
    public Room Room { get; }

    /// <summary>The row's number.</summary>
    public uint Number { get; }

    /// <summary>What the other end is told.</summary>
    public RelayLog Log { get; }

    /// <summary>What this end offers.</summary>
    public Dictionary<uint, RelayOutlet>.ValueCollection Outlets => _outlets.All;

    /// <summary>What the other end offers.</summary>
    public Dictionary<uint, RelayInlet>.ValueCollection Inlets => _inlets.All;

    /// <summary>Whether the reporter lists it among those with something to say.</summary>
    public bool IsRestless { get; set; }

    /// <summary>Where this end stands.</summary>
    public RelayStatus Status => new(Number, Log.Birth, Log.Version, _applied, _isKnown ? _peerBirth : 0);

    /// <summary>Whether the other end is to be told at once where this one stands.</summary>
    public bool IsStatusDue => _isStatusDue;

    /// <summary>Whether changes are due to be told.</summary>
    public bool AreChangesDue(MonotonicTime now) => _isKnown && Log.IsBehind && Log.DueAt <= now;

    /// <summary>When it wants to say something; never when it does not.</summary>
    public MonotonicTime NextDeadline => _isStatusDue ? MonotonicTime.Zero : _isKnown && Log.IsBehind ? Log.DueAt : MonotonicTime.Never;

    /// <inheritdoc />
    public void Refresh(MonotonicTime now)
    {
        _outlets.Refresh(now);
        _inlets.Refresh(now);
        if (NextDeadline != MonotonicTime.Never)
            Link.Rouse(this, now);
    }

    /// <inheritdoc />
    public void OnClock(MonotonicTime now)
    {
        if (Link.Opened.Count > 0)
            Link.WakeBy(now);
    }

    /// <inheritdoc />
    public Publication? FindSpare(SourceId source) => _inlets.FindSpare(source);

    /// <inheritdoc />
    public void Detach()
    {
        _outlets.Detach();
        _inlets.Detach();
        Link.Remove(this);
    }

    /// <summary>Notes that our status was told.</summary>
    public void OnStatusTold() => _isStatusDue = false;

    /// <summary>Takes what the other end says of where it stands.</summary>
    public void OnStatus(in RelayStatus status, MonotonicTime now)
    {
        if (status.Birth == 0 || !TryMeet(status.Birth, knowsUs: status.PeerBirth != 0, now))
            return;
        if (status.PeerBirth == Log.Birth)
            Log.Acknowledge(status.Applied, now);
        else if (status.PeerBirth < Log.Birth)
            Log.Acknowledge(Log.Birth, now);
        // It has something to tell that did not come: our answer says from where on.
        _isStatusDue |= status.PeerBirth != Log.Birth;
        Room.Settle(now);
        Link.Rouse(this, now);
    }

    /// <summary>Takes changes of the other end.</summary>
    public void OnChanges(in RelayChangesHeader header, ReadOnlySpan<byte> entries, MonotonicTime now)
    {
        if (!TryMeet(header.Birth, knowsUs: true, now))
            return;
        _isStatusDue = true;
        if (header.To > _applied && header.From <= _applied && TryApply(entries, now))
            _applied = header.To;
        Room.Settle(now);
        Link.Rouse(this, now);
    }

    /// <summary>Takes the other end's goodbye.</summary>
    public void OnLeft(uint birth, MonotonicTime now)
    {
        if (birth != _peerBirth || !_isKnown)
            return;
        Forget(now);
    }

    /// <summary>Forgets the other end if it has not been heard of for long.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (_isKnown && now - _heardAt >= RelayTiming.Expiry)
            Forget(now);
    }

    /// <inheritdoc />
    public void Leave(MonotonicTime now)
    {
        Room.Relays.Remove(this);
        Room.Defer();
        _outlets.Close();
        _inlets.Clear(now);
        Link.Remove(this);
        Room.Resume(now);
    }

    // False when it is a word from an earlier life of the other end.
    private bool TryMeet(uint birth, bool knowsUs, MonotonicTime now)
    {
        if (birth < _peerBirth)
            return false;
        _heardAt = now;
        bool isAnother = birth > _peerBirth;
        _isKnown = true;
        if (!isAnother)
            return true;
        _inlets.Clear(now);
        _outlets.Pause();
        _peerBirth = _applied = birth;
        if (!knowsUs)
            BeginAnew(now);
        return true;
    }

    private bool TryApply(ReadOnlySpan<byte> entries, MonotonicTime now)
    {
        var check = new RelayChangesReader(entries);
        while (check.MoveNext())
        {
        }

        if (check.Malformed)
        {
            Link.Context.Drops.Count(DropReason.RelayMalformed);
            return false;
        }

        Room.Defer();
        var reader = new RelayChangesReader(entries);
        while (reader.MoveNext())
            Apply(reader, now);
        Room.Resume(now);
        return true;
    }

    private void Apply(in RelayChangesReader change, MonotonicTime now)
    {
        switch (change.Kind)
        {
            case RelayChangeKind.Offer:
                _inlets.OnOffer(change.ReadOffer(), now);
                break;
            case RelayChangeKind.Gone:
                _inlets.OnGone(change.Handle, now);
                break;
            default:
                _outlets.OnWant(change.Handle, change.Layers, now);
                break;
        }
    }

    private void Forget(MonotonicTime now)
    {
        _isKnown = false;
        _isStatusDue = true;
        // What it said before and comes late is of no use any more; should it still be there, it begins anew when it hears that it was forgotten.
        _peerBirth = _applied = _peerBirth + 1;
        Room.Defer();
        _inlets.Clear(now);
        BeginAnew(now);
        Room.Resume(now);
    }

    // The other end knows nothing (any more). What it was told may still be under way, so what it is told now must be newer, and have other streams: it has forgotten how far these were.
    private void BeginAnew(MonotonicTime now)
    {
        _outlets.Close();
        Log.Reborn(now);
        Room.Unsettle();
    }
}
