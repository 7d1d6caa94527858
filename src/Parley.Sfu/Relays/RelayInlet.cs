using System.Globalization;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Sfu.Rooms;
using Parley.Sfu.Timing;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Relays;

/// <summary>A source that the other end of a row offers: a publication like any other, whose layers come while they are wanted here.</summary>
public sealed class RelayInlet : IPublisher
{
    private readonly RelayLink _link;

    /// <summary>Makes the publication of an offer.</summary>
    public RelayInlet(RelayRow row, RelayOffer offer)
    {
        Row = row;
        _link = row.Link;
        Handle = offer.Handle;
        Hops = offer.Hops;
        Timer = new Deadline<RelayInlet>(this);
        var track = new Track(0, MediaOf(offer), _link.Clock, _link.Context.Pool);
        Publication = new Publication(row.Room, this, track, offer.Source, offer.Generation);
        Streams = new RelayStream[track.Layers.Length];
        for (int i = 0; i < Streams.Length; i++)
        {
            track.Layers[i].Bind(offer.Layers[i].Ssrc, isRtx: false);
            Streams[i] = new RelayStream(this, track.Layers[i], offer.Layers[i]);
        }

        Change = RelayChange.Want(this);
    }

    /// <summary>The row.</summary>
    public RelayRow Row { get; }

    /// <summary>Names the offer on the link.</summary>
    public uint Handle { get; }

    /// <summary>How many links it has crossed.</summary>
    public byte Hops { get; }

    /// <summary>What it is for the room.</summary>
    public Publication Publication { get; }

    /// <summary>Its layers as they arrive.</summary>
    public RelayStream[] Streams { get; }

    /// <summary>What the other end is told to be wanted.</summary>
    public RelayChange Change { get; }

    /// <summary>The layers wanted: bit i for layer i.</summary>
    public uint Wanted { get; private set; }

    /// <summary>When its requests are due.</summary>
    public Deadline<RelayInlet> Timer { get; }

    /// <inheritdoc />
    public TransportId Id => default;

    /// <inheritdoc />
    public RelayLinkId? Relay => _link.Id;

    /// <inheritdoc />
    public void WakeBy(MonotonicTime at)
    {
        if (at >= Timer.At)
            return;
        _link.InletDeadlines.Set(Timer, at);
        _link.WakeBy(at);
    }

    /// <summary>Takes what the other end tells of the layers now.</summary>
    public void Update(RelayOffer offer)
    {
        for (int i = 0; i < Streams.Length && i < offer.Layers.Length; i++)
            Streams[i].Layer.Offer(offer.Layers[i].IsLive, offer.Layers[i].Height);
    }

    /// <summary>Looks at what the room's slots need; true when that changed.</summary>
    public bool Refresh(bool hasListeners)
    {
        uint needed = Need(hasListeners);
        if (needed == Wanted)
            return false;
        for (int i = 0; i < Streams.Length; i++)
        {
            if ((Wanted & ~needed & (1u << i)) != 0)
                Streams[i].Layer.Pause();
        }

        Wanted = needed;
        return true;
    }

    // Sound is wanted by whoever has a slot for it, since only who is heard here can be found to be the loudest.
    private uint Need(bool hasListeners)
    {
        if (Publication.Source is not { IsForwardable: true } source)
            return 0;
        uint needed = source.NeededLayers;
        if (source.Kind == MediaKind.Audio)
            return hasListeners || needed != 0 ? 1u : 0;
        return needed & ((1u << Streams.Length) - 1);
    }

    private static NegotiatedMedia MediaOf(RelayOffer offer) => new()
    {
        Mid = "",
        Kind = offer.Kind,
        Publishes = true,
        Receives = false,
        Codecs = [.. offer.Codecs.Select((codec, index) => codec.At(index))],
        Extensions = RelayExtensions.Map,
        Rids = offer.Layers.Length == 1 ? [] : [.. offer.Layers.Select((_, index) => new NegotiatedRid(index.ToString(CultureInfo.InvariantCulture), false))],
    };
}
