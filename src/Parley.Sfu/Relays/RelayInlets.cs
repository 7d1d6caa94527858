using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>What one end of a row takes of the other end's offers.</summary>
public sealed class RelayInlets
{
    private readonly RelayRow _row;
    private readonly Dictionary<uint, RelayInlet> _byHandle = [];

    /// <summary>Makes an empty list.</summary>
    public RelayInlets(RelayRow row) => _row = row;

    /// <summary>All offers.</summary>
    public Dictionary<uint, RelayInlet>.ValueCollection All => _byHandle.Values;

    /// <summary>Looks at what the room's slots need.</summary>
    public void Refresh(MonotonicTime now)
    {
        if (_byHandle.Count == 0)
            return;
        bool hasListeners = _row.Room.HasListeners;
        foreach (RelayInlet inlet in _byHandle.Values)
        {
            if (inlet.Refresh(hasListeners))
                _row.Log.Touch(inlet.Change, now);
        }
    }

    /// <summary>Takes an offer, or what changed of one.</summary>
    public void OnOffer(RelayOffer offer, MonotonicTime now)
    {
        if (_byHandle.TryGetValue(offer.Handle, out RelayInlet? inlet))
        {
            inlet.Update(offer);
            if (inlet.Publication.IsMuted != offer.IsMuted)
                _row.Room.SetMuted(inlet.Publication, offer.IsMuted, now);
            _row.Room.Unsettle();
            return;
        }

        if (_byHandle.Count == RelayLimits.SourcesPerRow || !_row.Link.CanTake(offer))
        {
            _row.Link.Context.Drops.Count(DropReason.RelayRefused);
            return;
        }

        inlet = new RelayInlet(_row, offer);
        inlet.Update(offer);
        inlet.Publication.IsMuted = offer.IsMuted;
        _byHandle.Add(offer.Handle, inlet);
        _row.Link.Register(inlet);
        _row.Room.TryStart(inlet.Publication, now);
    }

    /// <summary>Takes the end of an offer.</summary>
    public void OnGone(uint handle, MonotonicTime now)
    {
        if (_byHandle.Remove(handle, out RelayInlet? inlet))
            End(inlet, now);
    }

    /// <summary>A publication of a source that feeds none, and was not overtaken by a newer one.</summary>
    public Publication? FindSpare(SourceId source)
    {
        foreach (RelayInlet inlet in _byHandle.Values)
        {
            if (inlet.Publication is { Source: null, IsSuperseded: false } spare && spare.Id == source)
                return spare;
        }

        return null;
    }

    /// <summary>Ends all that came.</summary>
    public void Clear(MonotonicTime now)
    {
        foreach (uint handle in _byHandle.Keys.ToArray())
            OnGone(handle, now);
    }

    /// <summary>Lets go of all that came without touching the room.</summary>
    public void Detach()
    {
        foreach (RelayInlet inlet in _byHandle.Values)
        {
            inlet.Publication.Track.Clear();
            _row.Link.Unregister(inlet);
        }

        _byHandle.Clear();
    }

    private void End(RelayInlet inlet, MonotonicTime now)
    {
        _row.Log.Remove(inlet.Change);
        _row.Link.Unregister(inlet);
        _row.Room.Stop(inlet.Publication, now);
    }
}
