using Orleans.Placement;
using Parley.Server.Configuration;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Problems;
using Parley.Server.Storage;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>A meeting. Its facts are stored; who is in it is memory, since media is too. It lives on the silo of the first one to come, next to its room.</summary>
[PreferLocalPlacement]
internal sealed class MeetingGrain(
    IMeetingRepository meetings, IMediaNodes nodes, OwnGrants grants, Admission admission, NodeActivity activity, NodeOptions options, TimeProvider time, ILogger<MeetingGrain> log)
    : Grain, IMeetingGrain
{
    private static readonly TimeSpan LongestSweep = TimeSpan.FromSeconds(2);

    private readonly MeetingState _state = new(nodes, activity);
    private MeetingRecord? _record;
    private IGrainTimer? _sweep;

    private string Id => this.GetPrimaryKeyString();

    private MeetingInfo Info => MeetingFacts.ToInfo(_record!);

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _record = await meetings.FindAsync(Id, cancellationToken);

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<MeetingInfo> Change(string hostKey, MeetingChange change)
    {
        MeetingRecord record = RequireRecord();
        if (!HostKeys.Matches(hostKey, record.HostKeyHash))
            throw Refusals.HostKeyWrong();
        if (record.EndedAt is not null)
            throw Refusals.MeetingEnded();
        MeetingRecord changed = MeetingFacts.Apply(record, change, time.GetUtcNow());
        await meetings.UpdateAsync(changed);
        _record = changed;
        if (changed.EndedAt is not null)
        {
            _state.Tell(static observer => observer.Ended("host"));
            Clear();
        }
        else
        {
            MeetingInfo info = Info;
            _state.Tell(observer => observer.MeetingChanged(info));
        }

        return Info;
    }

    /// <inheritdoc />
    public Task<Joined> Join(JoinRequest request, string connection, IParticipantObserver observer) => ArrivingAsync(() => JoinAsync(request, connection, observer));

    /// <inheritdoc />
    public Task<string> Negotiate(string participant, string connection, NegotiateRequest request) => ArrivingAsync(() => NegotiateAsync(participant, connection, request));

    /// <inheritdoc />
    public Task View(string participant, string connection, Wish[] wishes)
    {
        Participant person = RequirePerson(participant, connection);
        SourceWish[] read = [.. wishes.Select(static wish => new SourceWish(new SourceId(wish.Participant, SourceNames.Parse(wish.Source)), wish.Height))];
        if (person.Transport is { } transport)
            _state.Room?.SetView(transport.Id, read);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Media(string participant, string connection, bool microphone, bool camera)
    {
        Participant person = RequirePerson(participant, connection);
        if (person.Microphone == microphone && person.Camera == camera)
            return Task.CompletedTask;
        person.Microphone = microphone;
        person.Camera = camera;
        ApplyMutes(person);
        TellUpdated(person);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Rename(string participant, string connection, string name)
    {
        Participant person = RequirePerson(participant, connection);
        person.Name = TextRules.Name(name);
        TellUpdated(person);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Leave(string participant, string connection)
    {
        if (_state.Roster.Find(participant) is { } person && person.Connection == connection)
            _state.Remove(person);
        Settle();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ConnectionLost(string participant, string connection)
    {
        if (_state.Roster.Find(participant) is { } person && person.Connection == connection)
        {
            person.Connection = null;
            person.Observer = null;
            person.LostAt = time.GetUtcNow();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<SessionStarted> StartSession(SessionRequest request)
    {
        admission.Check(RequireOpen(), _state);
        return ArrivingAsync(() => request.Publishes ? PublishAsync(request) : PlayAsync(request));
    }

    /// <inheritdoc />
    public Task EndSession(string secret, string participant)
    {
        RequireRecord();
        if (!_state.Sessions.TryGetValue(secret, out Session? session) || session.Participant != participant)
            throw Refusals.SessionUnknown();
        _state.Remove(secret, session);
        Settle();
        return Task.CompletedTask;
    }

    private async Task<Joined> JoinAsync(JoinRequest request, string connection, IParticipantObserver observer)
    {
        MeetingRecord record = RequireOpen();
        string name = TextRules.Name(request.Name);
        Dictionary<string, SourceKind> sources = SourceNames.ParseTracks(request.Tracks);
        Keys.ResumeFacts? resume = admission.Resume(request.Resume, Id, _state);
        if (resume is null)
            admission.Check(record, _state);

        Participant? kept = resume is null ? null : _state.Roster.Find(resume.Participant);
        Participant participant = kept ?? new Participant
        {
            Id = resume?.Participant ?? RandomIds.Participant(),
            Name = name,
            Since = resume?.Since ?? _state.Roster.NextSince(time.GetUtcNow()),
            Shown = true,
        };
        MediaAnswer answer = await ConnectAsync(new MediaOffer { Participant = participant.Id, Sdp = request.Offer, Sources = sources });
        participant.Replace(Own(answer.Transport));
        Seat(participant, request with { Name = name }, connection, observer);
        Arrive(participant, isNew: kept is null);
        return new Joined
        {
            Participant = participant.Id,
            Resume = admission.Token(Id, participant),
            Answer = answer.Sdp,
            Meeting = Info,
            Participants = _state.Roster.Infos(),
            Slots = [],
            Speaker = _state.Speaker,
        };
    }

    private async Task<string> NegotiateAsync(string participant, string connection, NegotiateRequest request)
    {
        Participant person = RequirePerson(participant, connection);
        Dictionary<string, SourceKind> sources = SourceNames.ParseTracks(request.Tracks);
        if (!request.Restart && person.Transport is { } current)
            return await _state.Room!.RenegotiateAsync(current.Id, request.Offer, sources);
        if (!request.Restart)
            throw Refusals.OfferRefused("The transport of this re-offer has ended. Make a new peer connection and negotiate with restart.");
        MediaAnswer answer = await ConnectAsync(new MediaOffer { Participant = person.Id, Sdp = request.Offer, Sources = sources });
        person.Replace(Own(answer.Transport));
        ApplyMutes(person);
        return answer.Sdp;
    }

    private async Task<SessionStarted> PublishAsync(SessionRequest request)
    {
        string id = request.Participant ?? RandomIds.Publisher();
        if (_state.Roster.Find(id) is not null)
            throw Refusals.ParticipantTaken(id);
        MediaAnswer answer = await ConnectAsync(new MediaOffer { Participant = id, Sdp = request.Offer, Directions = MediaDirections.Publish });
        Participant publisher = new() { Id = id, Name = id, Since = _state.Roster.NextSince(time.GetUtcNow()), Microphone = answer.Audio, Camera = answer.Video };
        publisher.Replace(Own(answer.Transport));
        _state.Add(publisher);
        activity.CountJoin();
        return new SessionStarted(_state.Add(new Session(id, Own(answer.Transport), Publishes: true)), id, answer.Sdp);
    }

    private async Task<SessionStarted> PlayAsync(SessionRequest request)
    {
        if (request.Subject is { } subject && _state.Roster.Find(subject) is null)
            throw Refusals.ParticipantUnknown();
        string id = RandomIds.Player();
        MediaAnswer answer = await ConnectAsync(new MediaOffer
        {
            Participant = id,
            Sdp = request.Offer,
            Directions = MediaDirections.Receive,
            Mode = request.Subject is null ? SubscriptionMode.Automatic : SubscriptionMode.Participant,
            Subject = request.Subject,
        });
        activity.CountJoin();
        return new SessionStarted(_state.Add(new Session(id, Own(answer.Transport), Publishes: false)), id, answer.Sdp);
    }

    private void Seat(Participant participant, JoinRequest request, string connection, IParticipantObserver observer)
    {
        if (participant.Observer is { } before && participant.Connection != connection)
            before.Ended("replaced").Ignore();
        participant.Name = request.Name;
        participant.Microphone = request.Microphone;
        participant.Camera = request.Camera;
        participant.Connection = connection;
        participant.Observer = observer;
        participant.LostAt = null;
        ApplyMutes(participant);
    }

    private void Arrive(Participant participant, bool isNew)
    {
        activity.CountJoin();
        if (!isNew)
        {
            TellUpdated(participant);
            return;
        }

        _state.Add(participant);
        ParticipantInfo info = participant.Info;
        _state.Tell(observer => observer.ParticipantJoined(info), except: participant);
    }

    private MediaTransport Own(TransportId transport) => new(nodes.Own, transport);

    private async Task<MediaAnswer> ConnectAsync(MediaOffer offer)
    {
        if (_state.Room is not { } room)
        {
            room = await _state.OpenRoomAsync(Id, grants.For(Id));
            Watch(room);
        }

        return await room.ConnectAsync(offer);
    }

    // While someone is on the way in, the room stays.
    private async Task<T> ArrivingAsync<T>(Func<Task<T>> arrive)
    {
        _state.Arriving++;
        try
        {
            return await arrive();
        }
        finally
        {
            _state.Arriving--;
            Settle();
        }
    }

    private void ApplyMutes(Participant person)
    {
        if (person.Transport is not { } transport)
            return;
        _state.Room?.SetMuted(transport.Id, SourceKind.Microphone, !person.Microphone);
        _state.Room?.SetMuted(transport.Id, SourceKind.Camera, !person.Camera);
    }

    private void TellUpdated(Participant person)
    {
        ParticipantInfo info = person.Info;
        _state.Tell(observer => observer.ParticipantUpdated(info), except: person);
    }

    /// <summary>Follows a new room's events, and sweeps out those who stay away too long, while someone is in the meeting.</summary>
    private void Watch(IMediaRoom room)
    {
        FollowAsync(room).Ignore();
        TimeSpan period = options.ResumeWindow / 4 < LongestSweep ? options.ResumeWindow / 4 : LongestSweep;
        _sweep = this.RegisterGrainTimer(Sweep, new GrainTimerCreationOptions { DueTime = period, Period = period, KeepAlive = true });
    }

    // Runs on the grain's own scheduler, where it was started: never beside another call of the grain.
    private async Task FollowAsync(IMediaRoom room)
    {
        MediaNews news = new(_state, room.Node);
        await foreach (ShardEvent shardEvent in room.Events.ReadAllAsync())
        {
            if (_state.Room != room)
                return;
            try
            {
                news.Handle(shardEvent);
            }
            catch (Exception e)
            {
                log.LogError(e, "Event {Event} of a room failed", shardEvent.GetType().Name);
            }

            if (shardEvent is TransportClosed)
                Settle();
        }

        if (_state.Room == room)
        {
            _state.LoseRoom();
            Settle();
        }
    }

    private async Task Sweep()
    {
        await _state.RenewAsync(grants.For(Id));
        foreach (Participant absent in _state.Roster.Expired(time.GetUtcNow(), options.ResumeWindow))
            _state.Remove(absent);
        Settle();
    }

    /// <summary>Ends the room when nobody is left.</summary>
    private void Settle()
    {
        if (!_state.IsEmpty)
            return;
        _sweep?.Dispose();
        _sweep = null;
        _state.CloseRoom();
    }

    private void Clear()
    {
        foreach ((string secret, Session session) in _state.Sessions.ToArray())
            _state.Remove(secret, session);
        foreach (Participant participant in _state.Roster.All.ToArray())
        {
            // Told already why it ends: not also that one after another leaves.
            participant.Shown = false;
            _state.Remove(participant);
        }

        Settle();
    }

    private MeetingRecord RequireRecord()
    {
        if (_record is not null)
            return _record;
        DeactivateOnIdle();
        throw Refusals.MeetingUnknown();
    }

    private MeetingRecord RequireOpen() => RequireRecord() is { EndedAt: null } record ? record : throw Refusals.MeetingEnded();

    private Participant RequirePerson(string participant, string connection) =>
        _state.Roster.Find(participant) is { } person && person.Connection == connection ? person : throw Refusals.NotJoined();
}
