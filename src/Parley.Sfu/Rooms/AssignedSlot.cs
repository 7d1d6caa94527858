using Parley.Sfu.Slots;

namespace Parley.Sfu.Rooms;

/// <summary>A subscriber's slot and the source it has; says when the subscriber begins to see another.</summary>
public sealed class AssignedSlot
{
    private SourceId? _announced;

    /// <summary>Makes an empty slot.</summary>
    public AssignedSlot(Connection connection, Slot slot)
    {
        Connection = connection;
        Slot = slot;
    }

    /// <summary>Whose slot it is.</summary>
    public Connection Connection { get; }

    /// <summary>The receiving m-line.</summary>
    public Slot Slot { get; }

    /// <summary>The source it has; null when it is empty.</summary>
    public Source? Source { get; private set; }

    /// <summary>Who asks for its key frames: unlike for every slot of the shard.</summary>
    public long Requester => (Connection.Id.Value << 32) | Slot.Ssrc;

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
        Connection.Room.Context.Events.Add(new SlotChanged(Connection.Room.Id, Connection.Id, Slot.Mid, source, Slot.LastTimestamp));
}
