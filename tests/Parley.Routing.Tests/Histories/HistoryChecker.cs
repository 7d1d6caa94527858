using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>
/// Watches a run from outside and holds it to I1 to I4. It keeps its own account of the fence in force (the scopes' fences as edited, the fences and countries of everyone admitted) and knows what every
/// node holds.
/// </summary>
internal sealed class HistoryChecker(VirtualTime time, bool isLenient, bool isCalm)
{
    // What lies between a deadline and its effect in this model: sweeps, polls of clients, orders on their way.
    private const long Slack = 1_000;

    // Without one layer the next one needs its own time.
    private const long LenientGrace = 9_000;

    private static readonly HashSet<string> Rules =
    [
        RouteRules.FenceConflict, RouteRules.NoRegionAllowed, RouteRules.HomeOutsideFence, RouteRules.OutOfReach, RouteRules.NoCapacity, RouteRules.TightenNeedsHost, RouteRules.TightenRefused, RouteRules.HostSilent,
        "selector-unknown", "geofence-contradictory",
    ];

    private readonly Dictionary<GeofenceScope, Geofence> _scopes = [];
    private readonly Dictionary<string, JoinWish> _asking = [];
    private readonly Dictionary<string, JoinWish> _admitted = [];
    private readonly Dictionary<string, (long Since, long Grace)> _forbidden = [];
    private readonly Dictionary<string, long> _granted = [];
    private readonly Dictionary<string, bool> _revokedLast = [];
    private HashSet<string> _allowed = [];

    public ModelHome Home { get; set; } = null!;

    public string? Failure { get; private set; }

    public IReadOnlyList<Geofence> ScopeFences => [.. _scopes.Values];

    public IEnumerable<FenceEdit> Scopes => _scopes.Select(static entry => new FenceEdit(entry.Key, entry.Value));

    public IReadOnlyCollection<string> Admitted => _admitted.Keys;

    public IReadOnlyCollection<string> Undecided => _asking.Keys;

    /// <summary>When a node last died or took another directory, so that the home may still think it holds a grant.</summary>
    public long LastUpheaval { get; set; } = -100_000;

    /// <summary>Until when the home may know people who left before it restarted; and a node carry on, by its last grant, of which a home without people does not think.</summary>
    private long RememberedUntil { get; set; } = -1;

    public void Fail(string what) => Failure ??= $"at {time.Now} ms: {what}";

    public HashSet<string> AllowedWith(JoinWish? newcomer)
    {
        IEnumerable<JoinWish> people = newcomer is null ? _admitted.Values : _admitted.Values.Append(newcomer);
        return NaiveFence.Allowed(Home.Directory, _scopes.Values.Concat(people.Select(static wish => wish.Fence).OfType<Geofence>()), people.Select(static wish => wish.Country));
    }

    /// <summary>The fence in force may be another one.</summary>
    public void Changed(bool zeroGrace)
    {
        _allowed = AllowedWith(null);
        foreach (ModelNode node in Home.Nodes.Values)
        {
            if (IsInside(node))
                _forbidden.Remove(node.Id);
            else if (!_forbidden.ContainsKey(node.Id))
                _forbidden[node.Id] = (time.Now, isLenient ? LenientGrace : zeroGrace ? 0 : RouteTimes.Tightening + Slack);
        }
    }

    /// <summary>The home has restarted: everybody is still there for all to see, and nobody's question is remembered.</summary>
    public void Restarted()
    {
        LastUpheaval = time.Now;
        RememberedUntil = time.Now + RouteTimes.Carrying;
        _asking.Clear();
    }

    public void Asked(JoinWish wish) => _asking[wish.Participant] = wish;

    public void Decided(string participant, JoinDecision decision, bool isSure = true)
    {
        if (!_asking.Remove(participant, out JoinWish? wish))
        {
            if (isSure)
                Fail($"{participant} was decided on without having asked");
            return;
        }

        if (decision.Refusal is { } refusal)
        {
            Refused(refusal, wish);
            if (_admitted.Remove(participant))
                Changed(zeroGrace: false);
            return;
        }

        _admitted[participant] = wish;
        Sent(decision.Node!);
        Changed(zeroGrace: true);
    }

    public void Left(string participant)
    {
        _asking.Remove(participant);
        if (_admitted.Remove(participant))
            Changed(zeroGrace: false);
    }

    public void Ended(string participant, RouteRefusal refusal)
    {
        if (!_admitted.Remove(participant))
            Fail($"{participant} was ended without having been there");
        Clear(refusal);
        Changed(zeroGrace: false);
    }

    public void Edited(FenceEdit edit, RouteRefusal? refusal)
    {
        if (refusal is not null)
        {
            Clear(refusal);
            return;
        }

        _scopes[edit.Scope] = edit.Fence;
        Changed(zeroGrace: false);
    }

    public void Issued(RouteGrant grant)
    {
        _revokedLast[grant.Node] = grant.Revokes;
        if (grant.Revokes)
            return;

        if (_forbidden.TryGetValue(grant.Node, out (long Since, long Grace) forbidden)
            && (time.Now > forbidden.Since + RouteTimes.Tightening || !_granted.TryGetValue(grant.Node, out long before) || before > forbidden.Since))
            Fail($"a grant for {grant.Node}, which is forbidden since {forbidden.Since}");
        if (!_forbidden.ContainsKey(grant.Node))
            _granted[grant.Node] = time.Now;
        if (grant.Fences.Any(static scoped => scoped.Owner is not null))
            Fail("a grant that says whose a fence is");
    }

    /// <summary>Somebody is sent to a node: it must hold a grant.</summary>
    public void Sent(string node)
    {
        ModelNode there = Home.Nodes[node];
        if (!there.Holds(time.Now) && there.IsAlive && time.Now > LastUpheaval + 4_000)
            Fail($"somebody was sent to {node}, which holds no grant");
    }

    public void Viewed(RouteView view)
    {
        foreach (RouteNode node in view.Nodes)
            Sent(node.Id);
    }

    public void Connected(ModelClient client, ModelNode node)
    {
        if (client.Wish.Fence is { } own && (Home.Directory.FindRegion(node.Region) is not { } region || !NaiveFence.Lets(own, region, Home.Directory)))
            Fail($"{client.Id} connected to {node.Id}, outside their own fence");
    }

    /// <summary>What a client learns before it joins is all that it probes: exactly what is inside.</summary>
    public void Previewed(JoinWish wish, RoutePreview preview)
    {
        HashSet<string> inside = [.. preview.Verdicts.Where(static verdict => verdict.Allowed).Select(static verdict => verdict.Region)];
        if (_asking.Count == 0 && time.Now > RememberedUntil && !inside.SetEquals(AllowedWith(wish)))
            Fail($"the preview says {string.Join(' ', inside.Order())}, the fences {string.Join(' ', AllowedWith(wish).Order())}");
        foreach (RegionVerdict verdict in preview.Verdicts)
        {
            bool isTheirs = verdict.Scope == GeofenceScope.Participant && !Has(wish.Fence, verdict.Rule);
            if (verdict.Owner is not null || verdict.Reason.Length < 20 || (verdict.Rule.Length == 0) != isTheirs)
                Fail($"a verdict that is not clear, or tells another's rule: {verdict}");
        }
    }

    private static bool Has(Geofence? fence, string rule) =>
        fence is not null && ((fence.Deny ?? []).Any(selector => rule == $"deny {selector}") || (fence.Allow is { } allow && rule == $"allow {string.Join(' ', allow)}"));

    /// <summary>I1, I2 and I3, after every event.</summary>
    public void Check()
    {
        if (Failure is not null)
            return;
        if (_admitted.Count > 0 && !_allowed.Contains(HistoryWorld.Home))
            Fail("the home is outside the fence of a meeting that goes on");
        foreach (ModelNode node in Home.Nodes.Values)
        {
            bool isForbidden = _forbidden.TryGetValue(node.Id, out (long Since, long Grace) forbidden);
            if (isForbidden && time.Now > forbidden.Since + Math.Max(forbidden.Grace, RouteTimes.Tightening + Slack) && node.Holds(time.Now) && !_revokedLast.GetValueOrDefault(node.Id)
                && time.Now > RememberedUntil)
                Fail($"{node.Id} holds a grant, forbidden since {forbidden.Since}, and nobody revoked it");
            if (!Carries(node))
                continue;
            if (isForbidden)
                CheckForbidden(node, forbidden.Since, forbidden.Grace);
            if (!isLenient && time.Now > node.HoldsUntil + Slack)
                Fail($"{node.Id} carries the meeting {time.Now - node.HoldsUntil} ms after its grant");
            if (!isLenient)
                CheckPeers(node);
        }
    }

    /// <summary>A revocation took effect while people were on the node: whoever moves when told must have been moved before.</summary>
    public void CutOff(IEnumerable<ModelClient> clients)
    {
        if (!isCalm || time.Now < LastUpheaval + 20_000)
            return;
        foreach (ModelClient client in clients)
        {
            if (!client.IsSlow && _admitted.ContainsKey(client.Id))
                Fail($"{client.Id} was cut off before they had moved");
        }
    }

    private void CheckForbidden(ModelNode node, long since, long grace)
    {
        if (time.Now <= since + grace)
            return;
        if (isLenient || grace == 0)
            Fail($"{node.Id} carries the meeting ({string.Join(' ', node.People)} | {string.Join(' ', node.Peers)}), forbidden since {since}");
        else if (node.LastRevocation >= since && time.Now > node.LastRevocation + Slack)
            Fail($"{node.Id} carries the meeting, forbidden since {since}, revoked at {node.LastRevocation}");
    }

    // Without its gate a node does not notice that the other end of a relay is gone, and after a restart of the home nobody tells it: what nobody's media can cross carries nothing.
    private bool Carries(ModelNode node) => isLenient ? IsReached(node) : node.Carries;

    private bool IsReached(ModelNode node)
    {
        HashSet<ModelNode> seen = [node];
        Stack<ModelNode> open = new(seen);
        while (open.TryPop(out ModelNode? next))
        {
            if (next.People.Count > 0)
                return true;
            foreach (ModelNode other in next.Peers.Select(peer => Home.Nodes[peer]).Where(other => other.Peers.Contains(next.Id) && seen.Add(other)))
                open.Push(other);
        }

        return false;
    }

    // A relay is two rows; one alone carries nothing, and ends with its node's grant.
    private void CheckPeers(ModelNode node)
    {
        foreach (string peer in node.Peers)
        {
            ModelNode other = Home.Nodes[peer];
            if (other.Peers.Contains(node.Id) && other.IsAlive && (time.Now > other.HoldsUntil + Slack || time.Now > node.HoldsUntil + Slack))
                Fail($"{node.Id} and {peer} relay without grants");
        }
    }

    private bool IsInside(ModelNode node) => Home.Directory.FindNode(node.Id) is { } entry && _allowed.Contains(entry.Region);

    private void Refused(RouteRefusal refusal, JoinWish wish)
    {
        Clear(refusal);
        if (time.Now <= RememberedUntil)
            return;
        HashSet<string> with = AllowedWith(wish);
        if (refusal.Rule == RouteRules.FenceConflict && (_asking.Count == 0 && with.Count > 0))
            Fail($"a conflict was claimed where {string.Join(' ', with)} is left");
        if (refusal.Rule == RouteRules.NoRegionAllowed && isCalm && _asking.Count == 0 && time.Now > LastUpheaval + 20_000 && Home.Nodes.Values.Any(node => node.IsAlive && !node.IsCut && with.Contains(node.Region)))
            Fail($"no region was said to be allowed where {string.Join(' ', with)} are");
        if (refusal.Rule == RouteRules.FenceConflict && refusal.Conflicts.Count == 0)
            Fail("a conflict without parties");
        if (refusal.Rule is RouteRules.FenceConflict or RouteRules.HomeOutsideFence or RouteRules.TightenNeedsHost or "selector-unknown" && refusal.Scope is null)
            Fail($"a refusal by {refusal.Rule} without a scope");
    }

    private void Clear(RouteRefusal refusal)
    {
        if (!Rules.Contains(refusal.Rule) || refusal.Sentence.Length < 25 || !refusal.Sentence.EndsWith('.') || refusal.Verdicts.Any(static verdict => verdict.Owner is not null))
            Fail($"a refusal that is not clear: {refusal.Rule}: {refusal.Sentence}");
    }
}
