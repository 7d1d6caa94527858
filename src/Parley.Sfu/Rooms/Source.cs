using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>
/// A published track as the room sees it: it lives as long as a transport of its participant sends it, also over a change of transport. It knows the slots that show it, per layer,
/// so that a packet meets only those which listen to its layer.
/// </summary>
public sealed class Source
{
    private AssignedSlot[] _slots = new AssignedSlot[8];
    private int _slotCount;
    private AssignedSlot[][] _listeners = [];
    private int[] _listenerCounts = [];
    private bool _isStale;

    /// <summary>Makes a source that a publication feeds.</summary>
    /// <param name="publication">What feeds it.</param>
    /// <param name="order">Its rank by age in the room.</param>
    public Source(Publication publication, long order)
    {
        Order = order;
        Publication = publication;
        Feed(publication);
    }

    /// <summary>Which source it is.</summary>
    public SourceId Id => Publication.Id;

    /// <summary>What feeds it now.</summary>
    public Publication Publication { get; private set; }

    /// <summary>The track that feeds it now.</summary>
    public Track Track => Publication.Track;

    /// <summary>Sound or pictures.</summary>
    public MediaKind Kind => Track.Kind;

    /// <summary>Its rank by age in the room: the first is the oldest.</summary>
    public long Order { get; }

    /// <summary>Whether it may be forwarded.</summary>
    public bool IsForwardable => !Publication.IsMuted;

    /// <summary>Its number among the room's speakers; sound only.</summary>
    public int SpeakerHandle { get; set; }

    /// <summary>The slots that have it.</summary>
    public ReadOnlySpan<AssignedSlot> Slots => _slots.AsSpan(0, _slotCount);

    /// <summary>Lets another publication of the same source feed it.</summary>
    public void Feed(Publication publication)
    {
        Publication = publication;
        publication.Source = this;
        _listeners = new AssignedSlot[publication.Track.Layers.Length][];
        _listenerCounts = new int[_listeners.Length];
        for (int i = 0; i < _listeners.Length; i++)
            _listeners[i] = new AssignedSlot[_slots.Length];
        _isStale = true;
        foreach (AssignedSlot slot in Slots)
            slot.Slot.Feed(publication.Track);
    }

    /// <summary>Adds a slot that shows it from now on.</summary>
    public void Add(AssignedSlot slot)
    {
        if (_slotCount == _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        _slots[_slotCount++] = slot;
        _isStale = true;
    }

    /// <summary>Takes a slot out that shows it no longer.</summary>
    public void Remove(AssignedSlot slot)
    {
        int index = Array.IndexOf(_slots, slot, 0, _slotCount);
        if (index < 0)
            return;
        _slots[index] = _slots[--_slotCount];
        _slots[_slotCount] = null!;
        _isStale = true;
    }

    /// <summary>Notes that a slot listens to other layers than before.</summary>
    public void Invalidate() => _isStale = true;

    /// <summary>The layers that its slots show or are about to: bit i for layer i.</summary>
    public uint NeededLayers
    {
        get
        {
            uint needed = 0;
            foreach (AssignedSlot slot in Slots)
                needed |= slot.Slot.NeededLayers;
            return needed;
        }
    }

    /// <summary>The slots that listen to a layer. Valid until a slot is added, removed or changes its layers and this is asked again.</summary>
    public ReadOnlySpan<AssignedSlot> ListenersOf(int layer)
    {
        if (_isStale)
            Refresh();
        return _listeners[layer].AsSpan(0, _listenerCounts[layer]);
    }

    private void Refresh()
    {
        _isStale = false;
        for (int layer = 0; layer < _listeners.Length; layer++)
        {
            if (_listeners[layer].Length < _slots.Length)
                _listeners[layer] = new AssignedSlot[_slots.Length];
            int count = 0;
            foreach (AssignedSlot slot in Slots)
            {
                if (slot.Slot.ListensTo(layer))
                    _listeners[layer][count++] = slot;
            }

            Array.Clear(_listeners[layer], count, _listeners[layer].Length - count);
            _listenerCounts[layer] = count;
        }
    }
}
