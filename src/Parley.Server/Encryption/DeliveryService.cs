using Parley.Routing.Routes;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;
using Parley.Server.Problems;

namespace Parley.Server.Encryption;

/// <summary>
/// The delivery service (RFC 9750 section 5) of one encrypted meeting: orders commits, has changes of membership committed, passes on what it cannot read. It lives in memory, in the
/// meeting's grain, and does nothing by itself: calls and time go in, actions come out (<see cref="TryTake"/>). One caller at a time.
/// <para>
/// The group: none, until somebody enters -> founding (one is named to make it) -> running -> lost, when nobody is left who has its state -> founding of the next generation, which everyone
/// joins anew. Nobody is left: none.
/// </para>
/// </summary>
internal sealed class DeliveryService
{
    private readonly DeliveryPeople _people = new();
    private readonly Group _group = new();
    private readonly Queue<DeliveryAction> _actions = new();
    private readonly WorkDesk _desk;
    private long _stays;
    private long _founding;
    private long _confirmedEpoch = -1;

    /// <summary>Makes one for a meeting that nobody is in.</summary>
    public DeliveryService() => _desk = new WorkDesk(_people, _group);

    /// <summary>The group's generation and epoch.</summary>
    public GroupPosition Position => new(_group.Generation, _group.Epoch);

    /// <summary>When <see cref="Tick"/> would do something for the time alone, milliseconds; <see cref="long.MaxValue"/>: never.</summary>
    public long NextDeadline
    {
        get
        {
            long next = _group.IsRunning ? _desk.NextDeadline : Waiting(_group.Founder) ? _founding + DeliveryLimits.FoundingPatience : long.MaxValue;
            foreach (DeliveryPerson person in _people.All)
            {
                if (person.KeyPackageAwaited is { } since)
                    next = Math.Min(next, since + DeliveryLimits.KeyPackagePatience);
            }

            return next;
        }
    }

    /// <summary>Takes the next thing to do.</summary>
    public bool TryTake(out DeliveryAction action) => _actions.TryDequeue(out action);

    /// <summary>Somebody comes into the meeting, or has another connection.</summary>
    /// <param name="participant">Its id.</param>
    /// <param name="since">Its place in the order of joining.</param>
    /// <param name="kept">Where its state of the group is; null: it has none.</param>
    /// <param name="now">The time.</param>
    public GroupEntry Enter(string participant, long since, GroupPosition? kept, RouteTime now)
    {
        DeliveryPerson person = _people.Find(participant) ?? _people.Add(participant, since);
        bool isResumed = kept is not null && kept.Generation == _group.Generation && _group.IsRunning && _group.Has(person) && _group.Log.Since(kept.Epoch, _group.Epoch) is not null;
        if (!isResumed)
            Forget(person);
        person.IsConnected = true;
        person.IsSluggish = false;
        person.KeyPackageAwaited = isResumed ? null : now.Milliseconds;
        Settle(now, entering: person);
        bool isCreator = !_group.IsRunning && _group.Founder == participant;
        if (isCreator)
            person.KeyPackageAwaited = null;
        return new GroupEntry(Required: true, _group.Generation, _group.Epoch, isCreator, isResumed);
    }

    /// <summary>Somebody has lost its connection; its place, and its leaf, are kept.</summary>
    public void Disconnect(string participant, RouteTime now)
    {
        if (_people.Find(participant) is not { } person)
            return;
        person.IsConnected = false;
        person.KeyPackageAwaited = null;
        _desk.Release(person);
        Settle(now);
    }

    /// <summary>Somebody has left the meeting: its leaf is removed. Unknown ids are let pass.</summary>
    public void Leave(string participant, RouteTime now)
    {
        if (_people.Remove(participant) is not { } person)
            return;
        _desk.Release(person);
        Settle(now);
    }

    /// <summary>Takes a member's call.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    public void Handle(string participant, GroupCall call, RouteTime now)
    {
        DeliveryPerson person = _people.Find(participant) ?? throw Refusals.NotJoined();
        if (call.Generation != _group.Generation)
            throw GroupProblems.GenerationStale(_group.Generation, _group.Epoch);
        switch (call)
        {
            case CreateGroup: Create(person); break;
            case JoinGroup join: Join(person, join, now); break;
            case CommitGroup commit: Commit(person, commit, now); break;
            case SendToGroup message: Send(person, message, now); break;
            case ConfirmEpoch confirm: Confirm(person, confirm); break;
            case RefuseNewcomer refusal: Refuse(person, refusal); break;
        }

        Settle(now);
    }

    /// <summary>The commits that a member has missed.</summary>
    /// <exception cref="ProblemException">They are not kept any more, or it is no member.</exception>
    public GroupCommits CatchUp(string participant, GroupPosition from)
    {
        DeliveryPerson person = _people.Find(participant) ?? throw Refusals.NotJoined();
        if (from.Generation != _group.Generation)
            throw GroupProblems.GenerationStale(_group.Generation, _group.Epoch);
        RequireMember(person);
        GroupCommit[] commits = _group.Log.Since(from.Epoch, _group.Epoch) ?? throw GroupProblems.GroupLost(_group.Generation, _group.Epoch);
        return new GroupCommits(_group.Generation, _group.Epoch, commits);
    }

    /// <summary>Lets time pass.</summary>
    public void Tick(RouteTime now)
    {
        foreach (DeliveryPerson person in _people.All)
        {
            if (person.KeyPackageAwaited is { } since && now.Milliseconds - since >= DeliveryLimits.KeyPackagePatience)
                Expel(person, GroupProblems.KeyPackageMissing());
        }

        if (_group.IsRunning)
        {
            foreach (DeliveryPerson newcomer in _desk.Tick(now.Milliseconds))
                Expel(newcomer, GroupProblems.KeyPackageRefused());
        }
        else if (_group.Founder is { } founder && now.Milliseconds - _founding >= DeliveryLimits.FoundingPatience && Waiting(founder))
        {
            if (_people.Find(founder) is { } late)
                late.IsSluggish = true;
            Found(now, entering: null);
        }

        Settle(now);
    }

    /// <summary>Sees to it that there is a group while somebody is here, and that what is to be done is asked of somebody.</summary>
    private void Settle(RouteTime now, DeliveryPerson? entering = null)
    {
        if (_people.All.Count == 0)
        {
            _group.End();
            _desk.Clear();
        }

        if (!_people.All.Any(static person => person.IsConnected))
            return;
        bool isThere = _group.IsRunning
            ? _people.All.Any(_group.Has) && !_desk.IsLost(now.Milliseconds)
            : _group.Founder is { } founder && _people.Find(founder) is { IsConnected: true };
        if (!isThere)
            Found(now, entering);
        if (_group.IsRunning && _desk.Next(now.Milliseconds) is { } next)
            Tell(next.Committer, next.Work);
        CheckConfirmed();
    }

    private void Found(RouteTime now, DeliveryPerson? entering)
    {
        DeliveryPerson founder = _people.Willing().First();
        _group.Found(founder.Id, now.UtcSeconds);
        _desk.Clear();
        _founding = now.Milliseconds;
        _confirmedEpoch = -1;
        foreach (DeliveryPerson person in _people.All)
        {
            Forget(person);
            person.KeyPackageAwaited = person.IsConnected && person != founder ? now.Milliseconds : null;
            if (person != entering)
                Tell(person, new GroupRestarted(_group.Generation, person == founder));
        }
    }

    private void Create(DeliveryPerson person)
    {
        if (_group.Founder != person.Id || (_group.IsRunning && !_group.Has(person)))
            throw GroupProblems.GroupExists();
        if (_group.IsRunning)
            return;
        _group.Begin(person);
        person.Confirmed = 0;
    }

    private void Join(DeliveryPerson person, JoinGroup join, RouteTime now)
    {
        if (!_group.IsRunning && _group.Founder == person.Id)
            throw GroupProblems.GroupExists();
        if (!person.Joins.TryTake(1, now.Milliseconds))
            throw GroupProblems.TooMuch();
        _desk.Release(person);
        Forget(person);
        person.KeyPackage = join.KeyPackage;
        person.KeyPackageAwaited = null;
    }

    private void Commit(DeliveryPerson person, CommitGroup commit, RouteTime now)
    {
        RequireMember(person);
        if (commit.Epoch != _group.Epoch)
            throw GroupProblems.CommitStale(_group.Generation, _group.Epoch);
        bool isUpdate = commit.Added.Length == 0 && commit.Removed.Length == 0;
        WorkOrder? order = person.Orders.LastOrDefault(order => commit.Work is null || order.Id == commit.Work);
        if (!isUpdate && !IsAsked(order, commit))
            throw GroupProblems.CommitUnasked();
        if (isUpdate && !person.Updates.TryTake(1, now.Milliseconds))
            throw GroupProblems.TooMuch();

        GroupCommit told = new(_group.Generation, _group.Epoch, person.Id, commit.Commit);
        _group.Log.Add(told);
        foreach (DeliveryPerson other in _people.All)
        {
            if (other != person && _group.Has(other))
                Tell(other, told);
        }

        KeyValuePair<string, long>[] added = [.. commit.Added.Distinct().Select(id => KeyValuePair.Create(id, order!.Additions[id]))];
        _group.Advance(commit.Removed, added);
        GroupWelcome welcome = new(_group.Generation, _group.Epoch, person.Id, commit.Welcome ?? "", commit.Tree);
        foreach ((string id, _) in added)
        {
            if (_people.Find(id) is not { } newcomer || !_group.Has(newcomer))
                continue;
            newcomer.KeyPackage = null;
            Tell(newcomer, welcome);
        }

        person.Confirmed = _group.Epoch;
        _desk.Committed(person);
    }

    // Nobody has two leaves, and nobody comes in without a Welcome.
    private bool IsAsked(WorkOrder? order, CommitGroup commit) =>
        order is not null
        && commit.Added.All(id => order.Additions.ContainsKey(id) && (!_group.HasLeaf(id) || commit.Removed.Contains(id)))
        && commit.Removed.All(order.Removals.Contains)
        && (commit.Added.Length == 0 || commit.Welcome is not null);

    private void Send(DeliveryPerson person, SendToGroup message, RouteTime now)
    {
        RequireMember(person);
        if (message.Epoch > _group.Epoch || message.Epoch < _group.Epoch - DeliveryLimits.MessageAge)
            throw GroupProblems.MessageStale(_group.Generation, _group.Epoch);
        if (!person.Messages.TryTake(message.Message.Length, now.Milliseconds))
            throw GroupProblems.TooMuch();
        person.IsSluggish = false;
        GroupMessage told = new(_group.Generation, message.Epoch, person.Id, message.Message);
        foreach (DeliveryPerson other in _people.All)
        {
            if (other != person && _group.Has(other))
                Tell(other, told);
        }
    }

    private void Confirm(DeliveryPerson person, ConfirmEpoch confirm)
    {
        RequireMember(person);
        if (confirm.Epoch > _group.Epoch || confirm.Epoch <= person.Confirmed)
            return;
        person.Confirmed = confirm.Epoch;
        person.IsSluggish = false;
    }

    private void Refuse(DeliveryPerson person, RefuseNewcomer refusal)
    {
        RequireMember(person);
        if (_people.Find(refusal.Participant) is not { } newcomer || !person.Orders.Any(order => order.Additions.TryGetValue(newcomer.Id, out long stay) && stay == newcomer.Stay))
            throw GroupProblems.NewcomerUnknown();
        newcomer.RefusedBy.Add(person.Id);
        _desk.Refused(person, newcomer.Id);
        int able = _people.All.Count(other => other.IsConnected && !other.IsSluggish && _group.Has(other) && other.Confirmed >= 0);
        if (newcomer.RefusedBy.Count >= Math.Clamp(able, 1, DeliveryLimits.RefusalsNeeded))
            Expel(newcomer, refusal.Reason == RefuseNewcomer.SecretWrong ? GroupProblems.SecretWrong() : GroupProblems.KeyPackageRefused());
    }

    private void CheckConfirmed()
    {
        if (!_group.IsRunning || _confirmedEpoch == _group.Epoch)
            return;
        int members = 0;
        foreach (DeliveryPerson person in _people.All)
        {
            if (!person.IsConnected || !_group.Has(person))
                continue;
            members++;
            if (person.Confirmed < _group.Epoch)
                return;
        }

        _confirmedEpoch = _group.Epoch;
        foreach (DeliveryPerson person in _people.All)
        {
            if (_group.Has(person))
                Tell(person, new GroupConfirmed(_group.Generation, _group.Epoch, members, members));
        }
    }

    private void RequireMember(DeliveryPerson person)
    {
        if (!_group.IsRunning || !_group.Has(person))
            throw GroupProblems.NotMember();
    }

    // Whatever leaf it has is not of its present stay any more.
    private void Forget(DeliveryPerson person) => person.Begin(++_stays);

    private void Expel(DeliveryPerson person, ProblemException why)
    {
        person.KeyPackage = null;
        person.KeyPackageAwaited = null;
        _actions.Enqueue(new DeliveryAction(person.Id, null, why));
    }

    private bool Waiting(string? founder) => founder is not null && _people.All.Any(person => person.IsConnected && person.Id != founder);

    private void Tell(DeliveryPerson person, GroupEvent told)
    {
        if (person.IsConnected)
            _actions.Enqueue(new DeliveryAction(person.Id, told, null));
    }
}
