using Parley.Routing.Grants;

namespace Parley.Routing.Routes;

/// <summary>
/// Issues, renews and revokes a meeting's grants. A node holds one when it has said so and less than its lifetime has passed since it was sent; a node may carry the meeting until it has
/// confirmed a revocation, or everything ever sent to it has run out.
/// </summary>
internal sealed class GrantDesk(MeetingRouteOptions options, Queue<RouteAction> actions, long firstSerial)
{
    // A grant to a node that is to be closed outlasts that by this much, so that a lost revocation costs little.
    private const int ClosingSeconds = 3;

    private readonly Dictionary<string, NodeLeg> _legs = [];
    private long _serial = firstSerial;

    public IReadOnlyCollection<NodeLeg> Legs => _legs.Values;

    public NodeLeg? Find(string node) => _legs.GetValueOrDefault(node);

    public bool Holds(string node, long now) => _legs.TryGetValue(node, out NodeLeg? leg) && leg.Holds(now);

    /// <summary>Whether the node holds a grant that names <paramref name="peer"/>.</summary>
    public bool Names(string node, string peer, long now) => _legs.TryGetValue(node, out NodeLeg? leg) && leg.Holds(now) && leg.Held!.Peers.Contains(peer);

    /// <summary>Sees to it that a node holds such a grant.</summary>
    public void Want(string node, string region, GrantContent content, bool isAwaited, long epoch, RouteTime now)
    {
        if (!_legs.TryGetValue(node, out NodeLeg? leg))
            _legs[node] = leg = new NodeLeg(node, region);
        // Whoever holds a grant gets the whole time for each new question.
        if (leg.Holds(now.Milliseconds) && ((isAwaited && !leg.IsAwaited) || !content.Equals(leg.Asked)))
            leg.PardonedUntil = now.Milliseconds + RouteTimes.Answer;
        leg.IsAwaited = isAwaited;
        if (content.Equals(leg.Asked) && leg.Region == region)
            return;
        leg.Region = region;
        leg.Asked = content;
        leg.Retries = 0;
        Send(leg, epoch, now);
    }

    /// <summary>Takes a node's grant away, if it may hold one.</summary>
    public void Release(NodeLeg leg, long epoch, RouteTime now)
    {
        if (leg.IsRevoking)
            return;
        leg.Asked = null;
        leg.Held = null;
        leg.CloseBy = long.MaxValue;
        leg.Retries = 0;
        leg.OwesSince = long.MaxValue;
        // What it says to older grants proves nothing any more: the revocation may have arrived since.
        leg.Sent.Clear();
        Send(leg, epoch, now);
    }

    /// <summary>Gives a node another chance: one that holds a grant all the same, or one that has not been silent for too long.</summary>
    /// <param name="node">The node.</param>
    /// <param name="refuses">Whether it refused a grant; else it only says nothing.</param>
    /// <param name="now">The time, ms.</param>
    public bool Pardon(string node, bool refuses, long now)
    {
        if (!_legs.TryGetValue(node, out NodeLeg? leg) || leg.IsRevoking)
            return !refuses;
        if (!leg.Holds(now) && (refuses || leg.OwesSince <= now - RouteTimes.LastHope))
            return false;
        leg.PardonedUntil = now + RouteTimes.Answer;
        return true;
    }

    /// <summary>Revokes whatever a node may hold until a time from before this desk was there.</summary>
    public void Suspect(string node, string region, long until, long epoch, RouteTime now)
    {
        NodeLeg leg = new(node, region) { MayCarryUntil = until };
        _legs[node] = leg;
        Send(leg, epoch, now);
    }

    /// <summary>Renews and repeats what is due, forgets what is over. Nodes that owe an answer for too long are added to <paramref name="lost"/>.</summary>
    public void Tick(long epoch, RouteTime now, List<string> lost)
    {
        foreach (NodeLeg leg in _legs.Values.ToArray())
        {
            if (leg.IsRevoking && now.Milliseconds >= leg.MayCarryUntil)
                _legs.Remove(leg.Node);
            else if (now.Milliseconds >= LostAt(leg))
                GiveUp(leg, now.Milliseconds, lost);
            else if (now.Milliseconds >= SendAt(leg))
                Send(leg, epoch, now);
        }
    }

    /// <summary>Takes a node's answer; true when it refuses what was asked of it last.</summary>
    public bool Answer(string node, long serial, GrantRefusal? refusal, RouteTime now)
    {
        if (!_legs.TryGetValue(node, out NodeLeg? leg) || leg.Sent.Find(sent => sent.Serial == serial) is not { } sent)
            return false;
        if (refusal is not null)
            return Refused(leg, sent, refusal, now.Milliseconds);
        leg.Sent.Remove(sent);
        if (sent.Content is null)
            Revoked(leg, sent);
        else if (sent.Content.Equals(leg.Asked))
            Granted(leg, sent);
        return false;
    }

    /// <summary>A node holds its grant no longer; false when it was none that counted.</summary>
    public bool Ended(string node, long epoch, RouteTime now)
    {
        if (!_legs.TryGetValue(node, out NodeLeg? leg) || leg.IsRevoking || leg.Held is null)
            return false;
        leg.Held = null;
        leg.HeldUntil = 0;
        leg.Retries = 0;
        leg.Sent.Clear();
        Send(leg, epoch, now);
        return true;
    }

    public long NextDeadline()
    {
        long next = long.MaxValue;
        foreach (NodeLeg leg in _legs.Values)
        {
            long own = leg.IsRevoking ? leg.MayCarryUntil : Math.Min(leg.CloseBy, LostAt(leg));
            next = Math.Min(next, Math.Min(own, SendAt(leg)));
        }

        return next;
    }

    private static void GiveUp(NodeLeg leg, long now, List<string> lost)
    {
        leg.NextSend = Math.Max(leg.NextSend, now + RouteTimes.FirstRetry);
        lost.Add(leg.Node);
    }

    private static void Granted(NodeLeg leg, SentGrant sent)
    {
        // A later grant may hold for less time: whichever ends first counts.
        long until = sent.At + (sent.Lifetime * 1000L);
        foreach (SentGrant later in leg.Sent)
        {
            if (later.Serial > sent.Serial)
                until = Math.Min(until, later.At + (later.Lifetime * 1000L));
        }

        leg.HeldUntil = leg.Held is not null && leg.Held.Equals(sent.Content) ? Math.Max(leg.HeldUntil, until) : until;
        leg.Held = sent.Content;
        leg.OwesSince = long.MaxValue;
        leg.Retries = 0;
        leg.NextSend = sent.At + RouteTimes.Renewal;
        leg.Sent.RemoveAll(other => other.Serial < sent.Serial);
    }

    // Later grants than the revocation leave the node in use.
    private void Revoked(NodeLeg leg, SentGrant sent)
    {
        if (leg.IsRevoking && !leg.Sent.Exists(other => other.Serial > sent.Serial && other.Content is not null))
            _legs.Remove(leg.Node);
    }

    private bool Refused(NodeLeg leg, SentGrant sent, GrantRefusal refusal, long now)
    {
        bool isNewest = sent.Serial == leg.Sent[^1].Serial;
        if (refusal.Rule != GrantRefusal.Superseded)
            return isNewest && !leg.IsRevoking && leg.CloseBy == long.MaxValue;

        // The node has seen a higher serial: a message that came twice, or serials from before a restart.
        if (isNewest)
        {
            _serial += RouteTimes.SerialJump;
            leg.NextSend = now;
        }

        return false;
    }

    // A node that is to be closed gets no renewal, only what its last task needs.
    private static long SendAt(NodeLeg leg) =>
        leg.IsRevoking || leg.CloseBy == long.MaxValue || (leg.NextSend < leg.CloseBy && !leg.Asked!.Equals(leg.Held)) ? leg.NextSend : long.MaxValue;

    private static long LostAt(NodeLeg leg)
    {
        if (leg.IsRevoking || leg.CloseBy != long.MaxValue || leg.OwesSince == long.MaxValue)
            return long.MaxValue;
        bool isWaitedFor = leg.IsAwaited || leg.Held is null || leg.Asked!.Peers.Except(leg.Held.Peers).Any();
        long patience = Math.Max(leg.PardonedUntil, leg.OwesSince + RouteTimes.Answer);
        return isWaitedFor ? patience : Math.Max(patience, leg.HeldUntil - RouteTimes.RenewalMargin);
    }

    private void Send(NodeLeg leg, long epoch, RouteTime now)
    {
        bool revokes = leg.IsRevoking;
        int lifetime = revokes || leg.CloseBy == long.MaxValue ? RouteTimes.Lifetime : (int)(Math.Max(0, leg.CloseBy - now.Milliseconds) / 1000) + ClosingSeconds;
        RouteGrant grant = Make(leg, lifetime, epoch, now.UtcSeconds);
        leg.Sent.RemoveAll(old => now.Milliseconds - old.At > 2 * RouteTimes.Transit);
        leg.Sent.Add(new SentGrant(grant.Serial, leg.Asked, now.Milliseconds, lifetime));
        leg.NextSend = now.Milliseconds + Math.Min(RouteTimes.FirstRetry << Math.Min(leg.Retries, 8), revokes ? RouteTimes.LongestRetry : RouteTimes.LongestGrantRetry);
        leg.Retries++;
        if (!revokes)
        {
            leg.OwesSince = Math.Min(leg.OwesSince, now.Milliseconds);
            long until = now.Milliseconds + (lifetime * 1000L);
            leg.HeldUntil = Math.Min(leg.HeldUntil, until);
            leg.MayCarryUntil = Math.Max(leg.MayCarryUntil, until + RouteTimes.Transit + RouteTimes.Stopping);
        }

        actions.Enqueue(revokes ? new IssueRevocation(grant) : new IssueGrant(grant));
    }

    private RouteGrant Make(NodeLeg leg, int lifetime, long epoch, long utcSeconds) => new()
    {
        Meeting = options.Meeting,
        Node = leg.Node,
        Region = leg.Region,
        Peers = leg.Asked?.Peers ?? [],
        Fences = leg.Asked?.Fence.Fences ?? [],
        Countries = leg.Asked?.Fence.Countries ?? [],
        FenceDigest = leg.Asked?.Fence.Digest ?? "",
        Epoch = epoch,
        Serial = ++_serial,
        Issuer = options.Issuer,
        Issued = utcSeconds,
        Lifetime = lifetime,
        Revokes = leg.IsRevoking,
    };
}
