using Parley.Sfu.Slots;

namespace Parley.Sfu.Rooms;

/// <summary>A slot, of a subscriber or of a relay link, and the source it has; says when the subscriber begins to see another.</summary>
public sealed class AssignedSlot
{
    private SourceId? _announced;

    private readonly Connection? _subscriber;

    private AssignedSlot(Connection? subscriber, Slot slot, long requester)
    {
        _subscriber = subscriber;
        Slot = slot;
        Requester = requester;
    }

    /// <summary>The receiving m-line.</summary>
    public Slot Slot { get; }

    /// <summary>The source it has; null when it is empty.</summary>
    public Source? Source { get; private set; }

    /// <summary>Who asks for its key frames: unlike for every slot of the shard.</summary>
    public long Requester { get; }

    /// <summary>Makes an empty slot of a subscriber.</summary>
    public static AssignedSlot Of(Connection subscriber, Slot slot) => new(subscriber, slot, (subscriber.Id.Value << 32) | slot.Ssrc);

    /// <summary>Makes a slot through which a layer leaves over a relay link; nobody is told what it shows. The links' requesters are told from the subscribers' by the highest bit.</summary>
    public static AssignedSlot Of(RelayLinkId link, Slot slot) => new(null, slot, long.MinValue | (link.Value << 32) | slot.Ssrc);

    /// <summary>Whether the subscriber was told last that this slot shows <paramref name="source"/>.</summary>
    public bool LastShowed(Source source) => _announced == source.Id;

    /// <summary>Gives it a source, or none. The subscriber is told with the new source's first packet, or by <see cref="AnnounceEmpty"/>.</summary>
    public void Assign(Source? source)
    {
        if (ReferenceEquals(Source, source))
            return;
        Source?.Remove(this);
        Source = source;
        Slot.Feed(source?.Track);
        source?.Add(this);
    }

    /// <summary>Tells the subscriber that from the packet just sent on the slot shows its source.</summary>
    public void AnnounceSource()
    {
        if (Source is null || _announced == Source.Id)
            return;
        _announced = Source.Id;
        Announce(Source.Id);
    }

    /// <summary>Tells the subscriber that the slot is empty, if it showed something.</summary>
    public void AnnounceEmpty()
    {
        if (Source is not null || _announced is null)
            return;
        _announced = null;
        Announce(null);
    }

    private void Announce(SourceId? source) =>
        _subscriber?.Room.Context.Events.Add(new SlotChanged(_subscriber.Room.Id, _subscriber.Id, Slot.Mid, source, Slot.LastTimestamp));
}
