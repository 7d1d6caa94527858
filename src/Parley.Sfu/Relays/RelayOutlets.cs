using System.Text;
using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>What one end of a row offers: the room's sources except those that came over the same link, and those that have crossed too many.</summary>
public sealed class RelayOutlets
{
    private readonly RelayRow _row;
    private readonly Dictionary<Publication, RelayOutlet> _byPublication = [];
    private readonly Dictionary<uint, RelayOutlet> _byHandle = [];
    private readonly List<RelayOutlet> _ended = [];
    private int _looks;

    /// <summary>Makes an empty list.</summary>
    public RelayOutlets(RelayRow row) => _row = row;

    /// <summary>All offers.</summary>
    public Dictionary<uint, RelayOutlet>.ValueCollection All => _byHandle.Values;

    /// <summary>Looks at the room's sources. New offers are told before the end of old ones, so that a source that moves goes on.</summary>
    public void Refresh(MonotonicTime now)
    {
        _looks++;
        foreach (Source source in _row.Room.Sources)
        {
            if (Find(source.Publication) is not { } outlet)
                continue;
            outlet.SeenAt = _looks;
            if (outlet.Refresh(now))
                _row.Log.Touch(outlet.Change, now);
        }

        foreach (RelayOutlet outlet in _byHandle.Values)
        {
            if (outlet.SeenAt != _looks)
                _ended.Add(outlet);
        }

        foreach (RelayOutlet outlet in _ended)
            End(outlet, now);
        _ended.Clear();
    }

    /// <summary>Takes which layers of an offer the other end wants. An offer that has just ended is nobody's fault.</summary>
    public void OnWant(uint handle, uint layers, MonotonicTime now)
    {
        if (!_byHandle.TryGetValue(handle, out RelayOutlet? outlet))
            return;
        outlet.Want(layers, _row.Link, now);
        _row.Room.Unsettle();
    }

    /// <summary>Sends nothing any more until it is wanted again.</summary>
    public void Pause()
    {
        foreach (RelayOutlet outlet in _byHandle.Values)
            Close(outlet);
        _row.Room.Unsettle();
    }

    /// <summary>Ends all offers without a word; those that are made next are others, with streams of their own, for somebody who has forgotten these.</summary>
    public void Close()
    {
        Pause();
        foreach (RelayOutlet outlet in _byHandle.Values)
            _row.Log.Remove(outlet.Change);
        Detach();
    }

    /// <summary>Lets go of all offers without touching the room.</summary>
    public void Detach()
    {
        foreach (RelayOutlet outlet in _byHandle.Values)
            _row.Link.Unregister(outlet);
        _byHandle.Clear();
        _byPublication.Clear();
    }

    private static void Close(RelayOutlet outlet)
    {
        foreach (RelayLane lane in outlet.Lanes)
            lane.Close();
    }

    private RelayOutlet? Find(Publication publication)
    {
        if (_byPublication.TryGetValue(publication, out RelayOutlet? outlet))
            return outlet;
        byte hops = 1;
        if (publication.Publisher is RelayInlet inlet)
        {
            if (ReferenceEquals(inlet.Row.Link, _row.Link))
                return null;
            hops = (byte)(inlet.Hops + 1);
        }

        // An id so long that it fits in no message belongs to nobody whom the control plane let in.
        if (hops > RelayLimits.Hops || _byHandle.Count == RelayLimits.SourcesPerRow || !_row.Link.HasRoomFor(publication.Track.Layers.Length)
            || Encoding.UTF8.GetByteCount(publication.Id.Participant) is 0 or > RelayLimits.ParticipantBytes || publication.Track.Media.Codecs.Count == 0)
        {
            return null;
        }

        outlet = new RelayOutlet(publication, hops, _row.Link);
        _byPublication.Add(publication, outlet);
        _byHandle.Add(outlet.Handle, outlet);
        _row.Link.Register(outlet);
        return outlet;
    }

    private void End(RelayOutlet outlet, MonotonicTime now)
    {
        Close(outlet);
        _byPublication.Remove(outlet.Publication);
        _byHandle.Remove(outlet.Handle);
        _row.Link.Unregister(outlet);
        _row.Log.Remove(outlet.Change);
        // Whoever was told nothing needs no goodbye.
        if (_row.Log.HasSpoken)
            _row.Log.Touch(RelayChange.Gone(outlet.Handle), now);
    }
}
