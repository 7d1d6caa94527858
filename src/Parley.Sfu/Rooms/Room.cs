using System.Runtime.InteropServices;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Timing;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>A meeting's media on this shard: its transports, its sources, and who gets what.</summary>
public sealed class Room
{
    /// <summary>The time between two looks at layers and speakers while there is media.</summary>
    public static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<Connection> _connections = [];
    private readonly Dictionary<SourceId, Source> _sources = [];
    private readonly List<Source> _order = [];
    private readonly RoomAssignment _assignment;
    private readonly List<IRoomRelay> _relays = [];
    private long _nextOrder;
    private int _deferred;
    private bool _isUnsettled;

    /// <summary>Makes an empty room.</summary>
    public Room(RoomId id, RoomContext context)
    {
        Id = id;
        Context = context;
        Timer = new Deadline<Room>(this);
        Speakers = new RoomSpeakers(this);
        _assignment = new RoomAssignment(this);
    }

    /// <summary>Which room it is.</summary>
    public RoomId Id { get; }

    /// <summary>What the rooms of the shard share.</summary>
    public RoomContext Context { get; }

    /// <summary>When it wants to be called.</summary>
    public Deadline<Room> Timer { get; }

    /// <summary>Who speaks.</summary>
    public RoomSpeakers Speakers { get; }

    /// <summary>Its transports, oldest first.</summary>
    public ReadOnlySpan<Connection> Connections => CollectionsMarshal.AsSpan(_connections);

    /// <summary>Its sources, oldest first.</summary>
    public List<Source> Sources => _order;

    /// <summary>Its rows on relay links.</summary>
    public List<IRoomRelay> Relays => _relays;

    /// <summary>Whether a transport of this shard has a slot for sound.</summary>
    public bool HasListeners => _connections.Exists(connection => connection.AudioSlots.Length > 0);

    /// <summary>Adds a transport.</summary>
    public void Add(Connection connection, MonotonicTime now)
    {
        _connections.Add(connection);
        Speakers.EnsurePlaces(connection.AudioSlots.Length, now);
        Unsettle();
        Settle(now);
    }

    /// <summary>Takes a transport out: its sources stop and its slots are freed.</summary>
    public void Remove(Connection connection, MonotonicTime now)
    {
        _connections.Remove(connection);
        foreach (Publication publication in connection.Publications)
            Stop(publication, now);
        foreach (AssignedSlot slot in connection.AudioSlots)
            slot.Assign(null);
        foreach (AssignedSlot slot in connection.VideoSlots)
            slot.Assign(null);
        if (!_connections.Exists(other => other.Participant == connection.Participant))
            Speakers.Forget(connection.Participant);
        Unsettle();
        Settle(now);
    }

    /// <summary>Finds a source; null when it has not started.</summary>
    public Source? Find(SourceId id) => _sources.GetValueOrDefault(id);

    /// <summary>
    /// Starts the source of a publication that has sent its first packet or is offered by another shard, or lets the publication take it over. False when a newer one feeds it, or the
    /// same one that came by another way.
    /// </summary>
    public bool TryStart(Publication publication, MonotonicTime now)
    {
        if (publication.IsSuperseded)
            return false;
        if (_sources.TryGetValue(publication.Id, out Source? source))
        {
            if (!publication.Supersedes(source.Publication))
            {
                publication.IsSuperseded = publication.Generation != source.Publication.Generation;
                return false;
            }

            source.Publication.Source = null;
            source.Publication.IsSuperseded = true;
            source.Publication.Track.Clear();
            source.Feed(publication);
            if (source.Kind == MediaKind.Audio)
                Speakers.SetMuted(source, publication.IsMuted, now);
        }
        else
        {
            source = new Source(publication, _nextOrder++);
            publication.Source = source;
            _sources.Add(publication.Id, source);
            _order.Add(source);
            if (source.Kind == MediaKind.Audio)
                Speakers.Add(source, now);
        }

        Started(publication);
        Settle(now);
        return true;
    }

    /// <summary>Ends a publication, and its source if no other transport feeds it.</summary>
    public void Stop(Publication publication, MonotonicTime now)
    {
        publication.Track.Clear();
        if (publication.Source is not { } source)
            return;
        publication.Source = null;
        if (FindSpare(source.Id) is { } spare)
        {
            source.Feed(spare);
            if (source.Kind == MediaKind.Audio)
                Speakers.SetMuted(source, spare.IsMuted, now);
            Started(spare);
            return;
        }

        _sources.Remove(source.Id);
        _order.Remove(source);
        Speakers.Remove(source, now);
        while (!source.Slots.IsEmpty)
            source.Slots[^1].Assign(null);
        Context.Events.Add(new SourceStopped(Id, publication.Publisher.Id, source.Id) { Relay = publication.Publisher.Relay });
        Unsettle();
    }

    /// <summary>Mutes or unmutes a publication.</summary>
    public void SetMuted(Publication publication, bool isMuted, MonotonicTime now)
    {
        publication.IsMuted = isMuted;
        foreach (LayerStream layer in publication.Track.Layers)
            layer.KeyFrames.SetOff(isMuted);
        if (publication.Source is { Kind: MediaKind.Audio } source)
            Speakers.SetMuted(source, isMuted, now);
        Unsettle();
        Settle(now);
    }

    /// <summary>Notes that a subscriber can receive now.</summary>
    public void OnReady(MonotonicTime now)
    {
        Unsettle();
        Settle(now);
    }

    /// <summary>Notes that a transport's m-lines changed.</summary>
    public void OnRenegotiated(Connection connection, MonotonicTime now)
    {
        Speakers.EnsurePlaces(connection.AudioSlots.Length, now);
        Unsettle();
        Settle(now);
    }

    /// <summary>Has the assignment looked at again before the call that is under way ends.</summary>
    public void Unsettle() => _isUnsettled = true;

    /// <summary>Puts off <see cref="Settle"/> while many things change at once, until <see cref="Resume"/>.</summary>
    public void Defer() => _deferred++;

    /// <summary>Ends <see cref="Defer"/> and settles.</summary>
    public void Resume(MonotonicTime now)
    {
        _deferred--;
        Settle(now);
    }

    /// <summary>Assigns slots anew if something changed.</summary>
    public void Settle(MonotonicTime now)
    {
        if (!_isUnsettled || _deferred > 0)
            return;
        _isUnsettled = false;
        _assignment.Assign(now);
        RefreshRelays(now);
        if (Timer.At == MonotonicTime.Never)
            Context.RoomDeadlines.Set(Timer, (now + TickInterval).RoundDown(TickInterval));
    }

    /// <summary>Handles what a slot did with a packet, unless it simply sent it.</summary>
    public void OnOutcome(AssignedSlot slot, Source source, SlotOutcome outcome, MonotonicTime now)
    {
        switch (outcome)
        {
            case SlotOutcome.SentFirst:
                slot.AnnounceSource();
                source.Invalidate();
                break;
            case SlotOutcome.LeftOut:
                Context.Drops.Count(DropReason.LayerNotSelected);
                break;
            case SlotOutcome.KeyFrameWanted:
                Context.Drops.Count(DropReason.LayerNotSelected);
                RequestKeyFrame(slot, slot.Slot.WantedKeyFrame, now);
                break;
            default:
                break;
        }
    }

    /// <summary>Asks the publisher of a slot's source for a key frame of a layer, if one is named.</summary>
    public static void RequestKeyFrame(AssignedSlot slot, int? layer, MonotonicTime now)
    {
        if (slot.Source is not { IsForwardable: true, Kind: MediaKind.Video } source || layer is not { } index || (uint)index >= source.Track.Layers.Length)
            return;
        LayerStream stream = source.Track.Layers[index];
        if (stream.KeyFrames.Request(slot.Requester, now))
            source.Publication.Publisher.WakeBy(stream.NextDeadline);
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        Speakers.HandleTimeout(now);
        Settle(now);
        _assignment.ChooseLayers(now);
        RefreshRelays(now);
        if (_order.Count > 0)
            Context.RoomDeadlines.Set(Timer, (now + TickInterval).RoundDown(TickInterval));
    }

    private void RefreshRelays(MonotonicTime now)
    {
        foreach (IRoomRelay relay in _relays)
            relay.Refresh(now);
    }

    private Publication? FindSpare(SourceId source)
    {
        foreach (IRoomRelay relay in _relays)
        {
            if (relay.FindSpare(source) is { } spare)
                return spare;
        }

        return null;
    }

    private void Started(Publication publication)
    {
        Context.Events.Add(new SourceStarted(Id, publication.Publisher.Id, publication.Id) { Relay = publication.Publisher.Relay });
        Unsettle();
    }
}
