using System.Threading.Channels;
using Parley.Net.Entropy;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A meeting's room on a real shard.</summary>
internal sealed class ShardRoom : IShardRoom
{
    private readonly Channel<ShardEvent> _events = Channel.CreateUnbounded<ShardEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<TransportId, ShardSession> _sessions = [];
    private readonly SystemEntropy _entropy = new();
    private readonly MediaShard _shard;
    private readonly RoomId _room;
    private readonly string _meeting;
    private readonly ShardRoomSettings _settings;

    /// <summary>Opens a room.</summary>
    /// <exception cref="ProblemException">The shard cannot take it.</exception>
    public ShardRoom(string meeting, MediaShard shard, RoomId room, ShardRoomSettings settings)
    {
        _meeting = meeting;
        _shard = shard;
        _room = room;
        _settings = settings;
        if (!shard.TryOpen(room, _events.Writer))
            throw Overloaded();
    }

    /// <inheritdoc />
    public int Port => _shard.Port;

    /// <inheritdoc />
    public ChannelReader<ShardEvent> Events => _events.Reader;

    /// <inheritdoc />
    public MediaAnswer Connect(MediaOffer offer)
    {
        TransportId transport = _settings.NextTransport();
        SdpAnswer answer = Answer(offer.Sdp, Settings(IceText.Ufrag(_shard.Number, transport), IceText.Password(), previous: null));
        NegotiatedSession session = Narrow(answer.Session, offer.Directions);
        ConnectTransport command = new()
        {
            Room = _room,
            Transport = transport,
            Participant = offer.Participant,
            Session = session,
            Sources = offer.Sources,
            Mode = offer.Mode,
            Subject = offer.Subject,
            Since = offer.Since,
        };
        if (!_shard.Post(command))
            throw Overloaded();
        Keep(transport, new ShardSession(session, offer.Participant, null));
        return new MediaAnswer(transport, answer.Text, Publishes(session, MediaKind.Audio), Publishes(session, MediaKind.Video));
    }

    /// <inheritdoc />
    public string Renegotiate(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources)
    {
        if (!_sessions.TryGetValue(transport, out ShardSession? open))
            throw Refusals.OfferRefused("The transport of this re-offer has ended. Make a new peer connection and negotiate with restart.");
        NegotiatedSession before = open.Session;
        SdpAnswer answer = Answer(sdp, Settings(before.LocalUfrag, before.LocalPassword, before));

        // New credentials of the peer are an ICE restart, which wants new ones of ours too (RFC 8839 section 4.4.1.1.1).
        if (answer.Session.RemoteUfrag != before.RemoteUfrag || answer.Session.RemotePassword != before.RemotePassword)
            answer = Answer(sdp, Settings(IceText.Ufrag(_shard.Number, transport), IceText.Password(), before));
        if (!_shard.Post(new RenegotiateTransport(transport, answer.Session, sources)))
            throw Overloaded();
        if (answer.Session.LocalUfrag == before.LocalUfrag)
        {
            _sessions[transport] = open with { Session = answer.Session };
            return answer.Text;
        }

        // The old user fragment holds until the peer nominates with the new one: one of each is kept.
        if (open.UfragBefore is { } older)
            _settings.Owners.TryRemove(older, out _);
        Keep(transport, new ShardSession(answer.Session, open.Participant, before.LocalUfrag));
        return answer.Text;
    }

    /// <inheritdoc />
    public void Close(TransportId transport)
    {
        if (Drop(transport))
            _shard.Post(new CloseTransport(transport));
    }

    /// <inheritdoc />
    public void Forget(TransportId transport) => Drop(transport);

    /// <inheritdoc />
    public void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes) => _shard.Post(new SetView(transport, wishes));

    /// <inheritdoc />
    public void SetMuted(TransportId transport, SourceKind source, bool muted) => _shard.Post(new SetMuted(transport, source, muted));

    /// <inheritdoc />
    public void Join(RelayLinkId link, uint row) => _shard.Post(new JoinRelay(_room, link, row));

    /// <inheritdoc />
    public void Leave(RelayLinkId link) => _shard.Post(new LeaveRelay(_room, link));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (TransportId transport in _sessions.Keys)
            Drop(transport);
        _shard.Close(_room);
    }

    private static bool Publishes(NegotiatedSession session, MediaKind kind) => session.Media.Any(media => media.Publishes && media.Kind == kind);

    private static ProblemException Overloaded() => Refusals.MediaUnavailable("The media server is overloaded. Try again in a moment.");

    private static SdpAnswer Answer(string sdp, AnswerSettings settings)
    {
        if (Answerer.TryAnswer(sdp, settings, out SdpAnswer? answer, out SdpError? error))
            return answer;
        int status = error.Code == SdpErrorCodes.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        throw new ProblemException(error.Code, status, "The offer cannot be answered", error.Detail);
    }

    // A WHIP publisher that offers sendrecv shall not be sent anything, nor a WHEP player be heard.
    private static NegotiatedSession Narrow(NegotiatedSession session, MediaDirections directions) => directions switch
    {
        MediaDirections.Publish when session.Media.Any(static media => media.Publishes) => session with { Media = [.. session.Media.Select(static media => media with { Receives = false })] },
        MediaDirections.Publish => throw Refusals.OfferRefused("Nothing is published: an m-line must be sendonly."),
        MediaDirections.Receive when session.Media.Any(static media => media.Receives) => session with { Media = [.. session.Media.Select(static media => media with { Publishes = false })] },
        MediaDirections.Receive => throw Refusals.OfferRefused("Nothing is received: an m-line must be recvonly."),
        _ => session,
    };

    private void Keep(TransportId transport, ShardSession session)
    {
        _sessions[transport] = session;
        _settings.Owners[session.Session.LocalUfrag] = new UfragOwner(_meeting, session.Participant, Port);
    }

    private bool Drop(TransportId transport)
    {
        if (!_sessions.Remove(transport, out ShardSession? session))
            return false;
        _settings.Owners.TryRemove(session.Session.LocalUfrag, out _);
        if (session.UfragBefore is { } before)
            _settings.Owners.TryRemove(before, out _);
        return true;
    }

    private AnswerSettings Settings(string ufrag, string password, NegotiatedSession? previous) => new()
    {
        Ufrag = ufrag,
        Password = password,
        Fingerprint = _settings.Fingerprint,
        Candidates = _shard.Candidates,
        TcpCandidates = _settings.Tunnel.Current.Tcp,
        Entropy = _entropy,
        Previous = previous,
    };
}
