using System.Threading.Channels;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;
using Parley.Routing.Routes;
using Parley.Server.Nodes;
using Parley.Server.Problems;
using Parley.Server.Storage;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>A meeting's parts put together, as long as its grain is active. All on the grain's scheduler: one caller at a time, and others between the steps of one that waits.</summary>
internal sealed class LiveMeeting : IDisposable
{
    // A node's death is noticed within two seconds; until then it cannot be told from a room that ended.
    private static readonly TimeSpan DeathNotice = TimeSpan.FromSeconds(2);
    // Nodes and directory tell of their changes; looking at them all the same makes up for what was not told.
    private static readonly long LookPeriod = (long)TimeSpan.FromSeconds(1).TotalMilliseconds;
    private static readonly long DelaysPeriod = (long)TimeSpan.FromSeconds(5).TotalMilliseconds;

    private readonly Channel<NodesChange> _changes = Channel.CreateUnbounded<NodesChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly MeetingSurroundings _surroundings;
    private readonly NodeActivity _activity;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly MeetingRoute _route;
    private readonly RouteLedger _ledger;
    private readonly Strangers _strangers;
    private readonly IDisposable _watch;
    private RegionDirectory _directory;
    private RegionDelay[] _delays = [];
    private long _delaysRead = -DelaysPeriod;
    private long _looked;
    private bool _isCounted;
    private FenceEdit[] _unapplied;

    /// <summary>Puts a meeting together that nobody is in yet.</summary>
    public LiveMeeting(MeetingRecord record, MeetingSurroundings surroundings, GrantCourier courier, RouteLedger ledger, Admission admission, NodeActivity activity, TimeProvider time, ILogger log)
    {
        _surroundings = surroundings;
        _ledger = ledger;
        _activity = activity;
        _time = time;
        _log = log;
        _directory = surroundings.Directory;
        _route = new MeetingRoute(
            new MeetingRouteOptions { Meeting = record.Id, Issuer = courier.Issuer, TightenLimit = record.TightenLimit, Former = ledger.Former }, _directory, surroundings.Now);
        surroundings.Report(_route, static _ => 0);
        Rooms = new MeetingRooms(record.Id, surroundings.Nodes) { Opened = room => FollowAsync(room).Ignore() };
        State = new MeetingState(Rooms, activity);
        _strangers = new Strangers(State, Rooms, ledger.Former, surroundings.Now.Milliseconds);
        Driver = new RouteDriver(_route, State, Rooms, courier, ledger, surroundings, log);
        Group = new GroupDesk(State, surroundings);
        State.Gone = Leave;
        Rooms.Ungranted = LoseGrant;
        Rooms.PeersOf = Driver.PeersOf;
        Entrance entrance = new(State, Rooms, Driver, time);
        People = new People(record.Id, State, Rooms, Driver, Group, entrance, admission, surroundings, activity, time);
        Sessions = new SessionDesk(State, entrance, surroundings, activity, time);
        _unapplied =
        [
            new FenceEdit(GeofenceScope.Platform, surroundings.Platform) { IsStored = true },
            new FenceEdit(GeofenceScope.Meeting, record.Geofence) { IsStored = true },
        ];
        _watch = surroundings.Nodes.Watch(change => _changes.Writer.TryWrite(change));
        WatchAsync().Ignore();
    }

    /// <summary>Who is in it.</summary>
    public MeetingState State { get; }

    /// <summary>Its rooms.</summary>
    public MeetingRooms Rooms { get; }

    /// <summary>Its route.</summary>
    public RouteDriver Driver { get; }

    /// <summary>The delivery service of its group, where it is encrypted.</summary>
    public GroupDesk Group { get; }

    /// <summary>How people come in.</summary>
    public People People { get; }

    /// <summary>How WHIP and WHEP come in.</summary>
    public SessionDesk Sessions { get; }

    /// <summary>Whether there is something to do as time passes.</summary>
    public bool IsBusy => !State.IsEmpty || Driver.IsBusy;

    /// <summary>Sees to it that the stored fences are in force: nobody comes in before.</summary>
    /// <exception cref="ProblemException">They cannot be, by the present directory.</exception>
    public void RequireFences()
    {
        _surroundings.RequirePlatform();
        foreach (FenceEdit edit in _unapplied)
            Apply(edit);
    }

    /// <summary>Replaces the meeting's own geofence; one that <paramref name="isStored"/> was sound when it was written.</summary>
    /// <exception cref="ProblemException">It cannot be.</exception>
    public void Edit(Geofence fence, bool isStored = false)
    {
        // A stored one that could not be applied is replaced by one that can, so that a host can repair what a new directory broke.
        foreach (FenceEdit edit in _unapplied.Where(static edit => edit.Scope != GeofenceScope.Meeting))
            Apply(edit);
        Apply(new FenceEdit(GeofenceScope.Meeting, fence) { IsStored = isStored });
    }

    /// <summary>Lets time pass where that changes anything, and else every <see cref="LookPeriod"/>.</summary>
    public void TickIfDue()
    {
        if (Group.IsDue)
            Group.Tick();
        if (Driver.IsDue || _surroundings.Now.Milliseconds - _looked >= LookPeriod)
            Tick();
    }

    /// <summary>Lets time pass; and notes whether somebody is in the meeting.</summary>
    public void Tick()
    {
        long now = _looked = _surroundings.Now.Milliseconds;
        if (now - _delaysRead >= DelaysPeriod)
        {
            _delaysRead = now;
            ReadDelays();
        }

        if (!ReferenceEquals(_directory, _surroundings.Directory))
        {
            _directory = _surroundings.Directory;
            _route.Use(_directory, _surroundings.Now);
        }

        Driver.Tick();
        Count();
    }

    /// <summary>Ends the rooms when nobody is left.</summary>
    public void Settle()
    {
        if (State.IsEmpty)
            Rooms.DropAll();
        Count();
    }

    /// <summary>The meeting is over: takes everyone out, who were told already why, lets in nobody who is on the way, and has all nodes let go of it, those too that were granted it before a restart.</summary>
    public void End()
    {
        State.EndNewcomers(Refusals.MeetingEnded());
        Driver.End();
        Clear();
    }

    /// <summary>Takes everyone out, who were told already why.</summary>
    public void Clear()
    {
        foreach ((string secret, Session session) in State.Sessions.ToArray())
            State.Remove(secret, session);
        foreach (Participant participant in State.Roster.All.ToArray())
        {
            // Not also that one after another leaves.
            participant.Shown = false;
            State.Remove(participant);
        }

        Settle();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ledger.Close();
        _watch.Dispose();
        _changes.Writer.TryComplete();
        if (_activity.Stopping)
        {
            // Rooms on other nodes go on under their grants, as after a death: whoever is the home by then takes charge of them.
            Rooms.Drop(_surroundings.Nodes.Own);
        }
        else
        {
            Clear();
            Rooms.DropAll();
        }

        Count();
    }

    private void Leave(string participant)
    {
        Driver.Leave(participant);
        Group.Leave(participant);
    }

    private void Apply(FenceEdit edit)
    {
        Driver.Edit(edit);
        _unapplied = [.. _unapplied.Where(other => other.Scope != edit.Scope)];
    }

    private void Count()
    {
        bool isInUse = !State.IsEmpty;
        if (isInUse != _isCounted)
            _activity.AddMeetings(isInUse ? 1 : -1);
        _isCounted = isInUse;
    }

    private void ReadDelays()
    {
        RegionDelay[] measured = _surroundings.Measured();
        if (!DelayChanges.AreWorthwhile(_delays, measured))
            return;
        _delays = measured;
        _route.Use(measured, _surroundings.Now);
    }

    private async Task WatchAsync()
    {
        await foreach (NodesChange change in _changes.Reader.ReadAllAsync())
        {
            if (change.Node is { } node && !change.IsAlive)
                Rooms.Drop(node);
            Tick();
        }
    }

    // Runs on the grain's own scheduler, where it was started: never beside another step of the grain.
    private async Task FollowAsync(IMediaRoom room)
    {
        MediaNews news = new(State, Rooms, Driver, room.Node);
        await foreach (ShardEvent shardEvent in room.Events.ReadAllAsync())
        {
            if (!Rooms.Has(room))
                break;
            try
            {
                news.Handle(shardEvent);
                CloseStrangers(room.Node, shardEvent);
            }
            catch (Exception e)
            {
                _log.LogError(e, "Event {Event} of a room failed", shardEvent.GetType().Name);
            }

            if (shardEvent is TransportClosed)
                Settle();
        }

        if (room.End is { } end)
            _log.LogInformation("A room on node {Node} has ended: {Rule}", room.Node, end.Rule);
        if (!Rooms.Has(room))
            news.Lost(person => IsToldOfLoss(person, room.Node));
        else if (room.End is not null)
            LoseGrant(room.Node);
        else
            LoseRoom(room.Node);
        Settle();
    }

    private void CloseStrangers(string node, ShardEvent shardEvent)
    {
        if (shardEvent is StatisticsReported report && _strangers.Look(node, report.Statistics.Transports, _surroundings.Now.Milliseconds) is > 0 and int closed)
            _log.LogInformation("Closed {Count} transports on node {Node} from before the restart, whose people have not come again", closed, node);
    }

    private void LoseRoom(string node)
    {
        Rooms.Drop(node);
        new MediaNews(State, Rooms, Driver, node).Lost(person => IsToldOfLoss(person, node));
        Driver.Reconcile(node);
    }

    // The node carries the meeting no longer. Who was on it is told to move once there is a grant again, there or elsewhere; and of the loss, should neither come.
    private void LoseGrant(string node)
    {
        Rooms.Drop(node);
        new MediaNews(State, Rooms, Driver, node).Lost(person =>
        {
            TellOfLossAsync(person, node).Ignore();
            return false;
        });
        Driver.GrantEnded(node);
    }

    private bool IsToldOfLoss(Participant person, string node)
    {
        if (Driver.NodeOf(person.Id) != node)
            return false;
        if (node == _surroundings.Nodes.Own)
            return true;
        TellOfLossAsync(person, node).Ignore();
        return false;
    }

    private async Task TellOfLossAsync(Participant person, string node)
    {
        await Task.Delay(DeathNotice, _time);
        if (person.Transport is null && State.Roster.Find(person.Id) == person && Driver.NodeOf(person.Id) == node)
            person.Observer?.MediaLost("room-ended").Ignore();
    }
}
