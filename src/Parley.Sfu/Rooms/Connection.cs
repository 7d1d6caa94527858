using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Sfu.Congestion;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Timing;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Rooms;

/// <summary>A transport in its room: the tracks it publishes, the slots it receives in, and what its subscriber wishes to see.</summary>
public sealed class Connection : IPublisher
{
    /// <summary>The most m-lines of one transport; an answer never accepts more.</summary>
    public const int MaximumMedia = 256;

    // Between two calls; finer than any timer here needs.
    private static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(1);

    private readonly SsrcLearner _learner;
    private readonly SenderClock _clock = new();
    private readonly long _since;

    /// <summary>Makes a transport's place in a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="command">What the control plane asked for.</param>
    /// <param name="connect">Makes its pipe.</param>
    public Connection(Room room, ConnectTransport command, Func<Connection, Transport> connect)
    {
        Room = room;
        Id = command.Transport;
        Participant = command.Participant;
        Mode = command.Mode;
        Subject = command.Subject;
        Session = command.Session;
        _since = command.Since;
        Timer = new Deadline<Connection>(this);
        SenderSsrc = room.Context.Entropy.NextUInt32() | 1;
        Cname = Encoding.ASCII.GetBytes(room.Context.Entropy.NextText(12));
        _learner = new SsrcLearner(Ssrcs);
        Ufrags.Add(command.Session.LocalUfrag);
        Transport = connect(this);
    }

    /// <summary>Its room.</summary>
    public Room Room { get; }

    /// <summary>Which transport it is.</summary>
    public TransportId Id { get; }

    /// <inheritdoc />
    public RelayLinkId? Relay => null;

    /// <summary>Whose it is.</summary>
    public string Participant { get; }

    /// <summary>Who decides what its slots show.</summary>
    public SubscriptionMode Mode { get; }

    /// <summary>Whose tracks it plays, with <see cref="SubscriptionMode.Participant"/>.</summary>
    public string? Subject { get; }

    /// <summary>What was agreed last.</summary>
    public NegotiatedSession Session { get; private set; }

    /// <summary>Its pipe.</summary>
    public Transport Transport { get; }

    /// <summary>Our user fragments under which its peer may send checks: the present one and, over an ICE restart, those before.</summary>
    public List<string> Ufrags { get; } = [];

    /// <summary>The addresses from which its peer's checks came.</summary>
    public List<TransportAddress> Addresses { get; } = [];

    /// <summary>When it wants to be called.</summary>
    public Deadline<Connection> Timer { get; }

    /// <summary>Whether it has left its room.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The tracks it publishes, by <see cref="Track.Index"/>; null where a re-offer took one away.</summary>
    public List<Publication> Publications { get; } = [];

    /// <summary>The tracks alone, for learning SSRCs.</summary>
    public Track[] Tracks { get; private set; } = [];

    /// <summary>Which layer each SSRC of the peer belongs to.</summary>
    public SsrcTable Ssrcs { get; } = new();

    /// <summary>The extension ids of the peer, the same in all m-lines of a bundle (RFC 9143 section 15.1).</summary>
    public ExtensionMap Extensions { get; private set; } = ExtensionMap.Empty;

    /// <summary>Its slots for sound, in the order of the m-lines.</summary>
    public AssignedSlot[] AudioSlots { get; private set; } = [];

    /// <summary>Its slots for pictures, in the order of the m-lines.</summary>
    public AssignedSlot[] VideoSlots { get; private set; } = [];

    /// <summary>The pictures its subscriber wants, most wanted first.</summary>
    public SourceWish[] Wishes { get; set; } = [];

    /// <summary>What arrived, for transport-wide feedback; null when that was not agreed.</summary>
    public TransportFeedbackRecorder? Feedback { get; private set; }

    /// <summary>The SSRC of our reports and requests.</summary>
    public uint SenderSsrc { get; }

    /// <summary>The canonical name of our reports: random, since it tells nobody anything (RFC 7022).</summary>
    public byte[] Cname { get; }

    /// <summary>Whether every m-line agreed on reduced-size RTCP (RFC 5506).</summary>
    public bool ReducedSizeRtcp { get; private set; }

    /// <summary>Its figures.</summary>
    public ConnectionMeter Meter { get; } = new();

    /// <summary>What is due to be reported to the peer.</summary>
    public RtcpSchedule Reports { get; } = new();

    /// <summary>Has the transport called at <paramref name="at"/> at the latest.</summary>
    public void WakeBy(MonotonicTime at)
    {
        if (at < Timer.At)
            Room.Context.ConnectionDeadlines.Advance(Timer, at);
    }

    /// <summary>Finds a published track by what it is.</summary>
    public Publication? FindPublication(SourceKind kind) => Publications.Find(publication => publication.Id.Kind == kind);

    /// <summary>Whether a re-offer changes ICE credentials: an ICE restart.</summary>
    public bool HasOtherCredentials(NegotiatedSession session) =>
        session.LocalUfrag != Session.LocalUfrag || session.RemoteUfrag != Session.RemoteUfrag
        || session.LocalPassword != Session.LocalPassword || session.RemotePassword != Session.RemotePassword;

    /// <summary>Begins to carry media: the handshake gave keys.</summary>
    public void OnConnected(MonotonicTime now)
    {
        Reports.NextReport = RtcpSchedule.After(now);
        WakeBy(Reports.NextReport);
        Room.Context.Events.Add(new TransportConnected(Room.Id, Id));
        if (Transport.CanSend)
            Room.OnReady(now);
    }

    /// <summary>Sends what is due, and says when something is due again.</summary>
    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        MonotonicTime next = Transport.NextDeadline;
        if (Transport.CanSend)
        {
            RtcpReporter.HandleTimeout(this, now, ref sink);
            next = MonotonicTime.Earlier(next, RtcpReporter.NextDeadline(this));
        }

        // A deadline always moves on, whatever failed to.
        MonotonicTime earliest = now + MinimumPause;
        Room.Context.ConnectionDeadlines.Set(Timer, next > earliest ? next : earliest);
    }

    /// <summary>Notes a measured round trip: it times the requests to this publisher.</summary>
    public void OnRoundTrip(TimeSpan roundTrip)
    {
        Meter.OnRoundTrip(roundTrip);
        foreach (Track track in Tracks)
        {
            foreach (LayerStream layer in track.Layers)
                layer.SetRoundTrip(roundTrip);
        }
    }

    /// <summary>Finds the slot that sends with an SSRC, its retransmissions included.</summary>
    public AssignedSlot? FindSlot(uint ssrc) => FindSlot(AudioSlots, ssrc) ?? FindSlot(VideoSlots, ssrc);

    /// <summary>Learns the layer of an authentic packet whose SSRC is new; null when it belongs to none of this transport's tracks.</summary>
    public LayerStream? LearnLayer(in RtpHeaderView header, out bool isRtx)
    {
        LayerStream? layer = _learner.Learn(header, Extensions, Tracks, out isRtx);
        layer?.Bind(header.Ssrc, isRtx);
        return layer;
    }

    /// <summary>Applies what was agreed: m-lines known by their mid keep all their state, others are added, and tracks that are gone are returned.</summary>
    public List<Publication> Apply(NegotiatedSession session, IReadOnlyDictionary<string, SourceKind> kinds)
    {
        Session = session;
        List<Publication> removed = RemoveEndedTracks(session);
        foreach (NegotiatedMedia media in session.Media.Take(MaximumMedia))
        {
            if (media.Publishes)
                AddTrack(media, kinds);
        }

        Tracks = [.. Publications.Select(publication => publication.Track)];
        AudioSlots = MergeSlots(AudioSlots, session, MediaKind.Audio);
        VideoSlots = MergeSlots(VideoSlots, session, MediaKind.Video);
        ApplyTransportWide(session);
        return removed;
    }

    private static AssignedSlot? FindSlot(AssignedSlot[] slots, uint ssrc)
    {
        foreach (AssignedSlot slot in slots)
        {
            if (slot.Slot.Ssrc == ssrc || (slot.Slot.RtxSsrc == ssrc && ssrc != 0))
                return slot;
        }

        return null;
    }

    private List<Publication> RemoveEndedTracks(NegotiatedSession session)
    {
        List<Publication> removed = Publications.FindAll(publication =>
            !session.Media.Any(media => media.Mid == publication.Track.Media.Mid && publication.Track.Continues(media)));
        foreach (Publication publication in removed)
        {
            Publications.Remove(publication);
            Ssrcs.Remove(publication.Track);
        }

        for (int i = 0; i < Publications.Count; i++)
            Publications[i].Track.Index = i;
        return removed;
    }

    private void AddTrack(NegotiatedMedia media, IReadOnlyDictionary<string, SourceKind> kinds)
    {
        if (Publications.Find(publication => publication.Track.Media.Mid == media.Mid) is { } known)
        {
            known.Track.Renegotiate(media);
            _learner.Announce(known.Track);
            return;
        }

        if (KindOf(media, kinds) is not { } kind)
            return;
        var track = new Track(Publications.Count, media, _clock, Room.Context.Pool);
        Publications.Add(new Publication(Room, this, track, new SourceId(Participant, kind), new Generation(_since, Room.Context.Entropy.NextUInt32())));
        _learner.Announce(track);
    }

    // What the control plane says; else the first m-line of a kind is microphone or camera and the second belongs to a shared screen. There is no third.
    private SourceKind? KindOf(NegotiatedMedia media, IReadOnlyDictionary<string, SourceKind> kinds)
    {
        if (kinds.TryGetValue(media.Mid, out SourceKind named) && !Has(named))
            return named;
        SourceKind first = media.Kind == MediaKind.Audio ? SourceKind.Microphone : SourceKind.Camera;
        SourceKind second = media.Kind == MediaKind.Audio ? SourceKind.ScreenAudio : SourceKind.Screen;
        return !Has(first) ? first : !Has(second) ? second : null;
    }

    private bool Has(SourceKind kind) => Publications.Exists(publication => publication.Id.Kind == kind);

    private AssignedSlot[] MergeSlots(AssignedSlot[] known, NegotiatedSession session, MediaKind kind)
    {
        var merged = new List<AssignedSlot>();
        foreach (NegotiatedMedia media in session.Media.Take(MaximumMedia))
        {
            if (!media.Receives || media.Kind != kind || media.Codecs.Count == 0)
                continue;
            AssignedSlot? slot = Array.Find(known, candidate => candidate.Slot.Mid == media.Mid);
            slot?.Slot.Renegotiate(media);
            merged.Add(slot ?? AssignedSlot.Of(this, new Slot(media, Transport, Room.Context.Slots)));
        }

        foreach (AssignedSlot slot in known)
        {
            if (!merged.Contains(slot))
                slot.Assign(null);
        }

        return [.. merged];
    }

    private void ApplyTransportWide(NegotiatedSession session)
    {
        Extensions = new ExtensionMap(session.Media.SelectMany(EntriesOf));
        ReducedSizeRtcp = session.Media.All(media => media.ReducedSizeRtcp);
        bool wantsFeedback = Extensions.Has(ExtensionKind.TransportSequence)
            && session.Media.Any(media => media.Publishes && media.Codecs.Any(codec => codec.TransportFeedback));
        Feedback = wantsFeedback ? Feedback ?? new TransportFeedbackRecorder() : null;
    }

    private static IEnumerable<KeyValuePair<byte, ExtensionKind>> EntriesOf(NegotiatedMedia media)
    {
        foreach (ExtensionKind kind in Enum.GetValues<ExtensionKind>())
        {
            if (kind != ExtensionKind.None && media.Extensions.Has(kind))
                yield return new(media.Extensions.IdOf(kind), kind);
        }
    }
}
