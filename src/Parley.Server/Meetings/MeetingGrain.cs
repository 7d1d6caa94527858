using Orleans.Concurrency;
using Orleans.Placement;
using Parley.Server.Configuration;
using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;
using Parley.Server.Problems;
using Parley.Server.Routes;
using Parley.Server.Storage;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>
/// A meeting. Its facts are stored; who is in it is memory, since media is too. It lives on a silo of its home region. Calls wait for nodes and hosts, so others come between their steps.
/// </summary>
[Reentrant]
[Immovable]
[PreferLocalPlacement]
internal sealed class MeetingGrain(
    IMeetingRepository meetings, IRouteMemories memories, MeetingSurroundings surroundings, GrantCourier courier, Admission admission, NodeActivity activity, NodeOptions options, TimeProvider time,
    ILogger<MeetingGrain> log)
    : Grain, IMeetingGrain, IDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _changing = new(1);
    private MeetingRecord? _record;
    private LiveMeeting? _live;
    private IGrainTimer? _ticks;

    private string Id => this.GetPrimaryKeyString();

    private LiveMeeting Live => _live ?? throw Refusals.MeetingUnknown();

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = await meetings.FindAsync(Id, cancellationToken);
        if (_record is null)
            return;
        RouteLedger ledger = new(Id, courier.Issuer, await memories.FindAsync(Id, cancellationToken), memories);
        _live = new LiveMeeting(_record, surroundings, courier, ledger, admission, activity, time, log);
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _live?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _live?.Dispose();
        _changing.Dispose();
    }

    /// <inheritdoc />
    public async Task<MeetingInfo> Change(string hostKey, MeetingChange change)
    {
        MeetingRecord record = RequireRecord();
        if (!HostKeys.Matches(hostKey, record.HostKeyHash))
            throw Refusals.HostKeyWrong();
        await _changing.WaitAsync();
        try
        {
            await ApplyAsync(RequireOpen(), change);
        }
        finally
        {
            _changing.Release();
        }

        return MeetingFacts.ToInfo(_record!);
    }

    /// <inheritdoc />
    public async Task<Joined> Join(JoinRequest request, JoinOrigin origin, IParticipantObserver observer)
    {
        MeetingRecord record = RequireOpen();
        Live.RequireFences();
        Begin();
        try
        {
            Joined joined = await Live.People.JoinAsync(record, request, origin, observer);
            await NoteJoinAsync(() => Leave(joined.Participant, origin.Connection));
            return joined;
        }
        finally
        {
            Live.Settle();
        }
    }

    /// <inheritdoc />
    public Task GiveUp(string connection)
    {
        _live?.State.GiveUp(connection);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Negotiated> Negotiate(string participant, string connection, NegotiateRequest request) =>
        Live.People.NegotiateAsync(RequirePerson(participant, connection), request);

    /// <inheritdoc />
    public Task View(string participant, string connection, Wish[] wishes)
    {
        Participant person = RequirePerson(participant, connection);
        SourceWish[] read = [.. wishes.Select(static wish => new SourceWish(new SourceId(wish.Participant, SourceNames.Parse(wish.Source)), wish.Height))];
        if (person.Transport is { } transport)
            Live.Rooms.Find(transport.Node)?.SetView(transport.Id, read);
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
        Live.People.ApplyMutes(person);
        Live.People.TellUpdated(person);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Rename(string participant, string connection, string name)
    {
        Participant person = RequirePerson(participant, connection);
        person.Name = TextRules.NameIn(RequireRecord().IsEncrypted, name);
        Live.People.TellUpdated(person);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DecideTighten(string participant, string connection, string request, bool accept)
    {
        if (!RequirePerson(participant, connection).IsHost)
            throw FenceRefusals.NotHost();
        Live.Driver.Decide(request, accept);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Leave(string participant, string connection)
    {
        if (_live?.State.Roster.Find(participant) is { } person && person.Connection == connection)
            _live.State.Remove(person);
        _live?.Settle();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ConnectionLost(string participant, string connection)
    {
        if (_live?.State.Roster.Find(participant) is { } person && person.Connection == connection)
        {
            person.Connection = null;
            person.Observer = null;
            person.LostAt = time.GetUtcNow();
            _live.Group.Disconnect(participant);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Group(string participant, string connection, GroupCall call)
    {
        RequireEncrypted();
        Live.Group.Handle(RequirePerson(participant, connection).Id, call);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<GroupCommits> CatchUp(string participant, string connection, GroupPosition from)
    {
        RequireEncrypted();
        return Task.FromResult(Live.Group.CatchUp(RequirePerson(participant, connection).Id, from));
    }

    /// <inheritdoc />
    public Task<RouteInfo> Route()
    {
        MeetingRecord record = RequireRecord();
        bool areInForce = AreFencesInForce();
        RouteInfo route = Live.Driver.View.ForOutside();
        return Task.FromResult(areInForce ? route : route with { Fence = surroundings.Stored(record.Geofence) });
    }

    /// <inheritdoc />
    public Task<PreviewInfo> Preview(RouteQuestion question)
    {
        MeetingRecord record = RequireOpen();
        bool forHost = HostKeys.IsHost(question.HostKey, record);
        Live.RequireFences();
        return Task.FromResult(Live.Driver.Preview(question, record.HomeRegion, forHost));
    }

    /// <inheritdoc />
    public async Task<SessionStarted> StartSession(SessionRequest request)
    {
        MeetingRecord record = RequireOpen();
        if (record.IsEncrypted)
            throw GroupProblems.MeetingEncrypted();
        admission.Check(record, Live.State);
        Live.RequireFences();
        Begin();
        try
        {
            SessionStarted started = await Live.Sessions.StartAsync(request);
            await NoteJoinAsync(() => EndSession(started.Secret, started.Participant));
            return started;
        }
        finally
        {
            Live.Settle();
        }
    }

    /// <inheritdoc />
    public Task EndSession(string secret, string participant)
    {
        RequireRecord();
        if (!Live.State.Sessions.TryGetValue(secret, out Session? session) || session.Participant != participant)
            throw Refusals.SessionUnknown();
        Live.State.Remove(secret, session);
        Live.Settle();
        return Task.CompletedTask;
    }

    private async Task ApplyAsync(MeetingRecord record, MeetingChange change)
    {
        MeetingRecord changed = MeetingFacts.Apply(record, change, time.GetUtcNow());
        if (changed.IsEncrypted != record.IsEncrypted && !Live.State.IsEmpty)
            throw GroupProblems.EncryptionFixed();
        if (change.Geofence is not null)
        {
            Begin();
            Live.Edit(changed.Geofence);
        }

        try
        {
            await meetings.UpdateAsync(changed);
        }
        catch when (change.Geofence is not null)
        {
            // What is in force is what is stored.
            Live.Edit(record.Geofence, isStored: true);
            throw;
        }

        _record = changed;
        Live.Driver.SetTightenLimit(changed.TightenLimit);
        if (changed.EndedAt is null)
        {
            MeetingInfo info = MeetingFacts.ToInfo(changed);
            Live.State.Tell(observer => observer.MeetingChanged(info));
            return;
        }

        Live.State.Tell(static observer => observer.Ended("host", null));
        Live.End();

        // Until all nodes have confirmed that they have let go.
        Begin();
    }

    /// <summary>Stores that somebody has joined: from now on the meeting stays as encrypted as it is. Who cannot be noted does not stay.</summary>
    private async Task NoteJoinAsync(Func<Task> undo)
    {
        if (_record!.FirstJoinedAt is not null)
            return;
        await _changing.WaitAsync();
        try
        {
            if (_record.FirstJoinedAt is not null)
                return;
            MeetingRecord joined = MeetingFacts.Joined(_record, time.GetUtcNow());
            await meetings.UpdateAsync(joined);
            _record = joined;
        }
        catch
        {
            await undo();
            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    // A fence that cannot be in force must not hide a meeting from those who could repair it.
    private bool AreFencesInForce()
    {
        try
        {
            Live.RequireFences();
            return true;
        }
        catch (ProblemException problem)
        {
            // Never its id: whoever knows that can join.
            log.LogWarning("A meeting cannot be held by the present directory: {Code}", problem.Code);
            return false;
        }
    }

    /// <summary>Begins to let time pass, while someone is in the meeting or the route has something to do.</summary>
    private void Begin()
    {
        Live.Tick();
        _ticks ??= this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = TickPeriod, Period = TickPeriod, KeepAlive = true, Interleave = true });
    }

    private Task Tick()
    {
        foreach (Participant absent in Live.State.Roster.Expired(time.GetUtcNow(), options.ResumeWindow))
            Live.State.Remove(absent);
        Live.Settle();
        Live.TickIfDue();
        if (Live.IsBusy)
            return Task.CompletedTask;
        _ticks?.Dispose();
        _ticks = null;
        return Task.CompletedTask;
    }

    private void RequireEncrypted()
    {
        if (!RequireRecord().IsEncrypted)
            throw GroupProblems.EncryptionOff();
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
        _live?.State.Roster.Find(participant) is { } person && person.Connection == connection ? person : throw Refusals.NotJoined();
}
