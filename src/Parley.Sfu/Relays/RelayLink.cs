using System.Text;
using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Sfu.Timing;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Relays;

/// <summary>
/// The relay link to another shard: one transport, the table of the rooms that were joined to it, and which SSRC belongs to which of their layers. What is in no table has no state.
/// </summary>
public sealed class RelayLink
{
    private readonly Dictionary<uint, RelayRow> _rows = [];
    private readonly Dictionary<uint, RelayStream> _streams = [];
    private readonly Dictionary<uint, RelayLane> _lanes = [];
    private readonly DeadlineHeap<RelayLink> _deadlines;

    /// <summary>Makes a link that connects, or waits to be connected to.</summary>
    /// <param name="command">What the control plane asked for.</param>
    /// <param name="context">What the rooms of the shard share.</param>
    /// <param name="deadlines">When links want to be called.</param>
    /// <param name="connect">Makes its transport.</param>
    public RelayLink(OpenRelayLink command, RoomContext context, DeadlineHeap<RelayLink> deadlines, Func<RelayLink, Transport> connect)
    {
        Id = command.Link;
        Ufrag = command.LocalUfrag;
        Context = context;
        _deadlines = deadlines;
        Timer = new Deadline<RelayLink>(this);
        SenderSsrc = context.Entropy.NextUInt32() | 1;
        Cname = Encoding.ASCII.GetBytes(context.Entropy.NextText(12));
        Transport = connect(this);
    }

    /// <summary>Which link it is.</summary>
    public RelayLinkId Id { get; }

    /// <summary>Our user fragment.</summary>
    public string Ufrag { get; }

    /// <summary>What the rooms of the shard share.</summary>
    public RoomContext Context { get; }

    /// <summary>Its pipe.</summary>
    public Transport Transport { get; }

    /// <summary>The addresses that are the other shard's.</summary>
    public List<TransportAddress> Addresses { get; } = [];

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>When it wants to be called.</summary>
    public Deadline<RelayLink> Timer { get; }

    /// <summary>The SSRC of our reports, requests and messages.</summary>
    public uint SenderSsrc { get; }

    /// <summary>The canonical name of our reports.</summary>
    public byte[] Cname { get; }

    /// <summary>Its figures.</summary>
    public ConnectionMeter Meter { get; } = new();

    /// <summary>What is due to be reported.</summary>
    public RtcpSchedule Reports { get; } = new();

    /// <summary>The other shard's clock, by which all that comes is reported.</summary>
    public SenderClock Clock { get; } = new(isFixed: true);

    /// <summary>Where births, versions and handles come from.</summary>
    public RelayRevision Revision { get; } = new();

    /// <summary>When the requests for what comes over it are due.</summary>
    public DeadlineHeap<RelayInlet> InletDeadlines { get; } = new();

    /// <summary>The rows that have something to say.</summary>
    public List<RelayRow> Restless { get; } = [];

    /// <summary>Lanes opened of which the other end does not know the clock yet.</summary>
    public List<RelayLane> Opened { get; } = [];

    /// <summary>Rows left of which the other end is to be told, with their births.</summary>
    public List<(uint Row, uint Birth)> Farewells { get; } = [];

    /// <summary>The rows by their numbers.</summary>
    public Dictionary<uint, RelayRow> Rows => _rows;

    /// <summary>When something authentic came last; set while it is connected.</summary>
    public MonotonicTime HeardAt { get; set; }

    /// <summary>The round trip: by reports, else by the checks.</summary>
    public TimeSpan RoundTrip => Meter.RoundTrip ?? Transport.RoundTrip;

    /// <summary>Has it called at <paramref name="at"/> at the latest.</summary>
    public void WakeBy(MonotonicTime at)
    {
        if (at < Timer.At && !IsClosed)
            _deadlines.Set(Timer, at);
    }

    /// <summary>Notes that a row has something to say.</summary>
    public void Rouse(RelayRow row, MonotonicTime now)
    {
        if (!row.IsRestless)
        {
            row.IsRestless = true;
            Restless.Add(row);
        }

        WakeBy(row.NextDeadline > now ? row.NextDeadline : now);
    }

    /// <summary>Takes a row out, whose streams are unregistered already.</summary>
    public void Remove(RelayRow row)
    {
        _rows.Remove(row.Number);
        if (row.IsRestless)
            Restless.Remove(row);
    }

    /// <summary>The layer that an SSRC of the other shard belongs to; null when there is none.</summary>
    public RelayStream? FindStream(uint ssrc) => _streams.GetValueOrDefault(ssrc);

    /// <summary>The slot that sends with one of our SSRCs; null when none does.</summary>
    public AssignedSlot? FindSlot(uint ssrc) => _lanes.TryGetValue(ssrc, out RelayLane? lane) ? lane.Slot : null;

    /// <summary>An SSRC that none of our streams has.</summary>
    public uint DrawSsrc()
    {
        uint ssrc;
        do
            ssrc = Context.Entropy.NextUInt32();
        while (ssrc == 0 || ssrc == SenderSsrc || _lanes.ContainsKey(ssrc));
        return ssrc;
    }

    /// <summary>Whether so many layers more may be offered.</summary>
    public bool HasRoomFor(int layers) => _lanes.Count + (2 * layers) <= RelayLimits.Streams;

    /// <summary>Whether an offer's SSRCs are free and not too many.</summary>
    public bool CanTake(RelayOffer offer)
    {
        if (_streams.Count + (2 * offer.Layers.Length) > RelayLimits.Streams)
            return false;
        foreach (RelayLayer layer in offer.Layers)
        {
            if (_streams.ContainsKey(layer.Ssrc) || _streams.ContainsKey(layer.RtxSsrc))
                return false;
        }

        return true;
    }

    /// <summary>Enters the SSRCs of what is offered.</summary>
    public void Register(RelayOutlet outlet)
    {
        foreach (RelayLane lane in outlet.Lanes)
        {
            _lanes[lane.Ssrc] = lane;
            if (lane.RtxSsrc != 0)
                _lanes[lane.RtxSsrc] = lane;
        }
    }

    /// <summary>Takes out the SSRCs of what was offered.</summary>
    public void Unregister(RelayOutlet outlet)
    {
        foreach (RelayLane lane in outlet.Lanes)
        {
            _lanes.Remove(lane.Ssrc);
            _lanes.Remove(lane.RtxSsrc);
        }
    }

    /// <summary>Enters the SSRCs of what comes.</summary>
    public void Register(RelayInlet inlet)
    {
        foreach (RelayStream stream in inlet.Streams)
        {
            _streams[stream.Ssrc] = stream;
            if (stream.RtxSsrc != 0)
                _streams[stream.RtxSsrc] = stream;
        }
    }

    /// <summary>Takes out the SSRCs of what came, with all that the ciphers know of them.</summary>
    public void Unregister(RelayInlet inlet)
    {
        InletDeadlines.Set(inlet.Timer, MonotonicTime.Never);
        foreach (RelayStream stream in inlet.Streams)
        {
            _streams.Remove(stream.Ssrc);
            _streams.Remove(stream.RtxSsrc);
            Transport.Srtp?.Inbound.RemoveStream(stream.Ssrc);
            Transport.Srtp?.Inbound.RemoveStream(stream.RtxSsrc);
        }
    }
}
