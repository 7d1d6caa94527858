using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Tests.Encryption;

/// <summary>
/// A client with a group protocol that only looks like MLS: the state of an epoch is the list of all commits before it, a Welcome holds that list for those key packages that it names.
/// Whoever has the same epoch of the same group must have the same state.
/// </summary>
internal sealed class SimulatedMember(SimulatedMeeting meeting, string id)
{
    private readonly Queue<(long At, GroupEvent Event)> _inbox = new();
    private string? _package;
    private (long At, CommitGroup Call, string State)? _commit;

    public string Id => id;

    public bool IsConnected { get; private set; }

    /// <summary>It has a connection but does nothing: a suspended laptop.</summary>
    public bool IsStuck { get; set; }

    /// <summary>What it refuses to add.</summary>
    public HashSet<string> Refuses { get; } = [];

    public long Generation { get; private set; }

    public long Epoch { get; private set; }

    public string? State { get; private set; }

    public int Restarts { get; private set; }

    public List<GroupEvent> Told { get; } = [];

    public override string ToString() => $"{id} {(IsConnected ? "connected" : "away")} {Generation}/{Epoch} {State ?? "no state"}, last told {string.Join(" ", Told.TakeLast(4))}";

    public void Connect(bool keepsState)
    {
        _inbox.Clear();
        _commit = null;
        IsConnected = true;
        if (!keepsState)
            (State, Generation, Epoch) = (null, 0, 0);
        GroupEntry entry = meeting.Enter(this, State is null ? null : new GroupPosition(Generation, Epoch));
        Assert.True(entry.Required);
        if (entry.Resumed)
            CatchUp();
        else
            Begin(entry.Generation, entry.Creator);
    }

    public void Disconnect()
    {
        IsConnected = false;
        _inbox.Clear();
        _commit = null;
    }

    public void Deliver(long at, GroupEvent told)
    {
        long last = _inbox.Count == 0 ? 0 : _inbox.Max(static entry => entry.At);
        _inbox.Enqueue((Math.Max(at, last), told));
    }

    public void Step(long now)
    {
        if (!IsConnected || IsStuck)
            return;
        while (IsConnected && _inbox.TryPeek(out (long At, GroupEvent Event) next) && next.At <= now)
        {
            _inbox.Dequeue();
            Told.Add(next.Event);
            Take(next.Event, now);
        }

        if (_commit is { } commit && commit.At <= now)
            Offer(commit.Call, commit.State);
    }

    /// <summary>Commits nothing but fresh keys.</summary>
    public void Update() => Offer(new CommitGroup { Generation = Generation, Epoch = Epoch, Commit = meeting.NextName("u") }, null);

    private void Begin(long generation, bool isCreator)
    {
        (State, Generation, Epoch, _commit) = (null, generation, 0, null);
        if (!isCreator)
        {
            _package = meeting.NextName("k");
            meeting.Try(id, new JoinGroup { Generation = generation, KeyPackage = _package });
            return;
        }

        if (meeting.Try(id, new CreateGroup { Generation = generation }) is null)
            (State, Epoch) = ($"{generation}", 0);
    }

    private void Take(GroupEvent told, long now)
    {
        switch (told)
        {
            case GroupRestarted restarted when restarted.Generation > Generation:
                Restarts++;
                Begin(restarted.Generation, restarted.Creator);
                break;
            case GroupLost lost when lost.Generation == Generation:
                Begin(Generation, isCreator: false);
                break;
            case GroupWork work when State is not null && work.Generation == Generation && work.Epoch == Epoch:
                Prepare(work, now);
                break;
            case GroupCommit commit when State is not null && commit.Generation == Generation:
                Advance(commit);
                break;
            case GroupWelcome welcome when welcome.Generation == Generation && State is null && welcome.Welcome.Split('|') is [var state, var packages] && packages.Split(',').Contains(_package):
                (State, Epoch, _package) = (state, welcome.Epoch, null);
                meeting.Try(id, new ConfirmEpoch { Generation = Generation, Epoch = Epoch });
                break;
        }
    }

    private void Prepare(GroupWork work, long now)
    {
        foreach (GroupAddition refused in work.Add.Where(one => Refuses.Contains(one.Participant)))
            meeting.Try(id, new RefuseNewcomer { Generation = Generation, Participant = refused.Participant, Reason = RefuseNewcomer.SecretWrong });
        GroupAddition[] additions = [.. work.Add.Where(one => !Refuses.Contains(one.Participant))];
        if (additions.Length == 0 && work.Remove.Length == 0)
            return;
        string name = meeting.NextName("c");
        string state = $"{State}.{name}";
        CommitGroup call = new()
        {
            Generation = Generation,
            Epoch = Epoch,
            Commit = name,
            Work = work.Work,
            Welcome = additions.Length == 0 ? null : $"{state}|{string.Join(',', additions.Select(static one => one.KeyPackage))}",
            Added = [.. additions.Select(static one => one.Participant)],
            Removed = work.Remove,
        };
        _commit = (now + meeting.Effort(), call, state);
    }

    private void Offer(CommitGroup call, string? state)
    {
        _commit = null;
        if (State is null || call.Generation != Generation || call.Epoch != Epoch || meeting.Try(id, call) is not null)
            return;
        (State, Epoch) = (state ?? $"{State}.{call.Commit}", Epoch + 1);
    }

    private void Advance(GroupCommit commit)
    {
        if (commit.Epoch < Epoch)
            return;
        if (commit.Epoch > Epoch)
        {
            CatchUp();
            return;
        }

        (State, Epoch) = ($"{State}.{commit.Commit}", Epoch + 1);
        meeting.Try(id, new ConfirmEpoch { Generation = Generation, Epoch = Epoch });
    }

    private void CatchUp()
    {
        if (meeting.CatchUp(id, new GroupPosition(Generation, Epoch)) is not { } commits)
        {
            Begin(Generation, isCreator: false);
            return;
        }

        foreach (GroupCommit commit in commits)
            Advance(commit);
    }
}
