using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Sfu.Rooms;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Relays;

/// <summary>A publication that a row offers to its other end.</summary>
public sealed class RelayOutlet
{
    private readonly RelayCodec[] _codecs;
    private readonly RelayLayer[] _told;
    private bool _isMuted;

    /// <summary>Makes an offer of which nothing is wanted yet.</summary>
    /// <param name="publication">What is offered.</param>
    /// <param name="hops">How many links it crosses with this one.</param>
    /// <param name="link">The link, which gives handle and SSRCs.</param>
    public RelayOutlet(Publication publication, byte hops, RelayLink link)
    {
        Publication = publication;
        Hops = hops;
        Handle = link.Revision.Next();
        Track track = publication.Track;
        _codecs = [.. track.Media.Codecs.Take(RelayLimits.Codecs).Select(RelayCodec.Of)];
        Codecs = [.. _codecs.Select((codec, index) => codec.At(index))];
        Lanes = new RelayLane[Math.Min(track.Layers.Length, RelayLimits.Layers)];
        for (int i = 0; i < Lanes.Length; i++)
            Lanes[i] = new RelayLane(this, i, link.DrawSsrc(), Kind == MediaKind.Video ? link.DrawSsrc() : 0);
        _told = new RelayLayer[Lanes.Length];
        Change = RelayChange.Offer(this);
    }

    /// <summary>What is offered.</summary>
    public Publication Publication { get; }

    /// <summary>Names the offer on the link.</summary>
    public uint Handle { get; }

    /// <summary>How many links it crosses with this one.</summary>
    public byte Hops { get; }

    /// <summary>The codecs as both ends know them.</summary>
    public NegotiatedCodec[] Codecs { get; }

    /// <summary>Its layers, lowest first.</summary>
    public RelayLane[] Lanes { get; }

    /// <summary>What the other end is told.</summary>
    public RelayChange Change { get; }

    /// <summary>The look at the room's sources in which it was seen last.</summary>
    public int SeenAt { get; set; }

    /// <summary>Sound or pictures.</summary>
    public MediaKind Kind => Publication.Track.Kind;

    /// <summary>Notes how the layers are now, and tends those that are wanted; true when the other end is to be told.</summary>
    public bool Refresh(MonotonicTime now)
    {
        bool isNews = Change.Version == 0 || _isMuted != Publication.IsMuted;
        _isMuted = Publication.IsMuted;
        for (int i = 0; i < Lanes.Length; i++)
        {
            LayerStream layer = Publication.Track.Layers[i];
            // Sound comes and goes with speech; that is no news.
            bool isLive = Kind == MediaKind.Audio || layer.IsLive(now);
            var state = new RelayLayer(Lanes[i].Ssrc, Lanes[i].RtxSsrc, (ushort)Math.Min(layer.Height, ushort.MaxValue), isLive);
            isNews |= state != _told[i];
            _told[i] = state;
            Lanes[i].Tend(isLive, now);
        }

        return isNews;
    }

    /// <summary>Notes which layers the other end wants: bit i for layer i.</summary>
    public void Want(uint layers, RelayLink link, MonotonicTime now)
    {
        foreach (RelayLane lane in Lanes)
        {
            if ((layers & (1u << lane.Index)) == 0 || Publication.Source is not { } source)
            {
                lane.Close();
                continue;
            }

            lane.Open(link, source);
            lane.Tend(Publication.Track.Layers[lane.Index].IsLive(now), now);
        }
    }

    /// <summary>What the other end is told.</summary>
    public RelayOffer Describe() => new()
    {
        Handle = Handle,
        Source = Publication.Id,
        Generation = Publication.Generation,
        Hops = Hops,
        IsMuted = _isMuted,
        Codecs = _codecs,
        Layers = _told,
    };
}
