using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Plans the meeting anew whenever something has changed, and parts with those for whom nothing is allowed any more.</summary>
internal sealed class RoutePlans
{
    private readonly MeetingRouteOptions _options;
    private readonly RouteWorld _world;
    private readonly RoutePeople _people;
    private readonly GrantDesk _grants;
    private readonly RouteSettler _settler;

    public RoutePlans(MeetingRouteOptions options, RouteWorld world, RoutePeople people, GrantDesk grants, RouteSettler settler)
    {
        _options = options;
        _world = world;
        _people = people;
        _grants = grants;
        _settler = settler;
        Epoch = options.FirstEpoch;
        Wanted = Fence();
    }

    /// <summary>The plan; null when nobody is here.</summary>
    public RoutePlan? Current { get; private set; }

    /// <summary>A plan that was made for just what is to be planned next; used once.</summary>
    public RoutePlan? Suggested { get; set; }

    /// <summary>The fence with everybody in it, those who wait included.</summary>
    public RouteFence Wanted { get; private set; }

    public long Epoch { get; private set; }

    public void Renew(long now)
    {
        string before = Describe();
        do
        {
            Wanted = Fence();
        }
        while (!TryPlan(now));
        foreach (RouteMember member in _people.All)
        {
            string node = Current!.Nodes[member.Id];
            if (node == member.Target)
                continue;
            member.Target = node;
            member.ReadySince = null;
        }

        if (Describe() != before)
            Epoch++;
    }

    private RouteFence Fence() => new(_world.Directory, _people.Fences(), _people.Countries());

    private bool TryPlan(long now)
    {
        Current = null;
        if (_people.All.Count == 0)
            return true;
        if (!Wanted.Allows(_options.Home) || _world.RegionOf(_options.Issuer) != _options.Home)
        {
            DropLast(member => RouteRefusals.HomeOutside(Wanted, _options.Home, member.Id));
            return false;
        }

        PlanRefusal? refusal = null;
        Current = Suggested is { } suggested && _people.All.All(member => suggested.Nodes.ContainsKey(member.Id)) ? suggested : null;
        Suggested = null;
        Current ??= _options.Planner(_world.Planning, new PlanRequest { AllowedRegions = Wanted.Allowed, Participants = _people.Plans() }, out refusal);
        if (Current is not null && IsInside(Current))
            return true;
        refusal ??= new PlanRefusal { Rule = PlanRefusal.NoRegionAllowed, Sentence = "No route was found inside the fence." };
        if (!IsHelped(now))
            Part(refusal);
        return false;
    }

    // Whatever planned: a plan that leads outside is none (I4).
    private bool IsInside(RoutePlan plan) => plan.Nodes.Values.All(node => Wanted.Allows(_world.RegionOf(node)));

    // Before anybody is ended: a node that is alive and late with an answer is better than none. Not for a guest's fence, which would keep everybody else waiting.
    private bool IsHelped(long now) =>
        _people.All.All(static member => member.IsAdmitted || !member.IsTightening) && _world.Pardon((node, refuses) => Wanted.Allows(_world.RegionOf(node)) && _grants.Pardon(node, refuses, now));

    private void Part(PlanRefusal refusal)
    {
        RouteMember? concerned = refusal.Participant is { } id ? _people.Find(id) : null;
        RouteMember? guilty = _people.All.LastOrDefault(static member => !member.IsAdmitted && member.IsTightening);
        if (concerned is { IsAdmitted: true } && guilty is not null)
            _settler.Drop(guilty, RouteRefusals.NeedsHost(RouteConsequences.None with { CouldNotStay = [concerned.Id] }, Wanted, 0, guilty.Id));
        else if (concerned is not null)
            _settler.Drop(concerned, RouteRefusals.Of(refusal, Wanted, RegionOf(concerned), concerned.Id));
        else
            DropLast(member => RouteRefusals.Of(refusal, Wanted, null, member.Id));
    }

    // Who waits goes before who takes part, who is on no node before who is on one, who came last before who came first.
    private void DropLast(Func<RouteMember, RouteRefusal> refusal)
    {
        RouteMember last = _people.All.LastOrDefault(static member => !member.IsAdmitted) ?? _people.All.LastOrDefault(member => member.At is not { } at || !_world.IsAlive(at)) ?? _people.All[^1];
        _settler.Drop(last, refusal(last));
    }

    private string? RegionOf(RouteMember member) => (member.At ?? member.Target) is { } node ? _world.RegionOf(node) : null;

    private string Describe() => string.Join(
        ' ',
        _people.All.Select(static member => $"{member.Id}@{member.Target}").Concat(Current?.Relays.Select(static leg => $"{leg.From}-{leg.To}") ?? []).Append(Wanted.Digest));
}
