using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Encryption;

/// <summary>
/// Who commits what, and when. What is to be done is the difference between who is here and whose leaves are in the group, so nothing can be forgotten: a change is asked for until it is in.
/// One member is asked at a time, the first in the order of joining; when it stays silent, the next one too. Late commits still count, as long as they are the first of their epoch.
/// </summary>
internal sealed class WorkDesk(DeliveryPeople people, Group group)
{
    private const int MostOrders = 8;

    private readonly HashSet<string> _asked = [];
    private DeliveryPerson? _committer;
    private long _lastGiven = long.MinValue / 2;
    private long? _waitingSince;
    private long _orders;
    private bool _hasMore;

    private WorkOrder? Order => _committer?.Orders.LastOrDefault();

    private int Gathering => people.All.Count < DeliveryLimits.ManyPeople ? DeliveryLimits.GatherFew : DeliveryLimits.GatherMany;

    /// <summary>When <see cref="Tick"/> or <see cref="Next"/> would do something for the time alone.</summary>
    public long NextDeadline
    {
        get
        {
            if (Order is { } order)
                return order.Deadline;
            if (!HasChanges())
                return long.MaxValue;
            long lost = _waitingSince is { } since ? since + DeliveryLimits.LossPatience : long.MaxValue;
            return Candidates().Any() ? Math.Min(_lastGiven + Gathering, lost) : lost;
        }
    }

    /// <summary>Whether changes have waited for too long, newcomers among them, and no member is left that could be expected to commit them.</summary>
    public bool IsLost(long now) =>
        _waitingSince is { } since && now - since >= DeliveryLimits.LossPatience
        && people.All.Any(person => person.IsConnected && !person.IsSluggish && !group.Has(person))
        && Candidates().All(static person => person.IsSluggish);

    /// <summary>Whoever was asked and stayed silent for too long is not waited for any more. Returns the newcomers over whom too many fell silent.</summary>
    public DeliveryPerson[] Tick(long now)
    {
        if (Order is not { } order || now < order.Deadline)
            return [];
        _committer!.IsSluggish = true;
        List<DeliveryPerson> struck = [];
        foreach ((string id, long stay) in order.Additions)
        {
            if (people.Find(id) is { } newcomer && newcomer.Stay == stay && ++newcomer.Strikes >= DeliveryLimits.MostStrikes)
                struck.Add(newcomer);
        }

        Drop();
        return [.. struck];
    }

    /// <summary>The next thing to ask of somebody; null: nothing, or not yet.</summary>
    public (DeliveryPerson Committer, GroupWork Work)? Next(long now)
    {
        if (Order is not null)
            return null;
        if (!HasChanges())
        {
            _waitingSince = null;
            return null;
        }

        _waitingSince ??= now;
        if (!_hasMore && now - _lastGiven < Gathering)
            return null;
        return Ask(now) ?? AskAgain(now);
    }

    /// <summary>A commit was taken: the epoch is another one.</summary>
    public void Committed(DeliveryPerson by)
    {
        by.IsSluggish = false;
        foreach (DeliveryPerson person in people.All)
            person.Orders.Clear();
        _asked.Clear();
        _committer = null;
        _waitingSince = null;
    }

    /// <summary>Somebody is gone, or cannot do what it was asked: another one is asked at once.</summary>
    public void Release(DeliveryPerson person)
    {
        if (_committer == person)
            Drop();
    }

    /// <summary>A member does not add a newcomer; the rest of its order stands.</summary>
    public void Refused(DeliveryPerson by, string newcomer)
    {
        foreach (WorkOrder order in by.Orders)
            order.Additions.Remove(newcomer);
        if (by.Orders[^1].IsEmpty)
            Release(by);
    }

    /// <summary>Another group begins.</summary>
    public void Clear()
    {
        _asked.Clear();
        _committer = null;
        _waitingSince = null;
        _lastGiven = long.MinValue / 2;
        _hasMore = false;
    }

    // Its order stands for a late commit, but nobody waits for it.
    private void Drop()
    {
        _committer = null;
        _lastGiven = long.MinValue / 2;
    }

    private (DeliveryPerson Committer, GroupWork Work)? AskAgain(long now)
    {
        if (_asked.Count == 0)
            return null;
        _asked.Clear();
        return Ask(now);
    }

    private (DeliveryPerson Committer, GroupWork Work)? Ask(long now)
    {
        string[] removals = [.. Removals()];
        DeliveryPerson[] newcomers = [.. Newcomers()];
        foreach (DeliveryPerson committer in Candidates())
        {
            if (_asked.Contains(committer.Id))
                continue;
            DeliveryPerson[] additions = ForOneCommit(newcomers.Where(person => !person.RefusedBy.Contains(committer.Id)));
            if (additions.Length == 0 && removals.Length == 0)
                continue;
            _asked.Add(committer.Id);
            _lastGiven = now;
            _hasMore = additions.Length == CallLimits.MostAdditions;
            _committer = committer;
            if (committer.Orders.Count == MostOrders)
                committer.Orders.RemoveAt(0);
            committer.Orders.Add(new WorkOrder(++_orders, additions.ToDictionary(static person => person.Id, static person => person.Stay), [.. removals], now + DeliveryLimits.CommitPatience));
            return (committer, new GroupWork(group.Generation, group.Epoch, _orders, [.. additions.Select(static person => new GroupAddition(person.Id, person.KeyPackage!))], removals));
        }

        return null;
    }

    // Over whom a committer fell silent is asked for alone, so that it holds up nobody else.
    private static DeliveryPerson[] ForOneCommit(IEnumerable<DeliveryPerson> newcomers)
    {
        DeliveryPerson[] all = [.. newcomers];
        DeliveryPerson[] blameless = [.. all.Where(static person => person.Strikes == 0).Take(CallLimits.MostAdditions)];
        return blameless.Length > 0 ? blameless : [.. all.OrderBy(static person => person.Strikes).Take(1)];
    }

    private IEnumerable<DeliveryPerson> Candidates() => people.Willing().Where(person => group.Has(person) && person.Confirmed >= 0);

    private IEnumerable<DeliveryPerson> Newcomers() => people.All.Where(person => person.IsConnected && person.KeyPackage is not null && !group.Has(person));

    // Who is about to send another key package goes out and comes in with one commit.
    private IEnumerable<string> Removals() => group.Leaves.Where(leaf => people.Find(leaf) is not { } person || (!group.Has(person) && person.KeyPackageAwaited is null));

    private bool HasChanges() => group.IsRunning && (Newcomers().Any() || Removals().Any());
}
