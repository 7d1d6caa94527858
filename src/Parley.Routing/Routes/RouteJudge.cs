using Parley.Routing.Geofences;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Judges joins and edits before they are made; changes nothing.</summary>
internal sealed class RouteJudge(MeetingRouteOptions options, RouteWorld world, RoutePeople people)
{
    /// <summary>The host's limit, ms.</summary>
    public double TightenLimit { get; set; } = options.TightenLimit;

    /// <summary>A join. Delays are compared only where that decides something, unless <paramref name="isPreview"/>: it takes about as long as to plan.</summary>
    public RouteJudgement Join(JoinWish wish, bool isPreview = false)
    {
        RouteFence before = new(world.Directory, people.Fences(), people.Countries());
        RouteFence after = new(world.Directory, people.Fences(wish), people.Countries(wish));
        if (RouteRefusals.Fault(wish.Fence, GeofenceScope.Participant, world.Directory) is { } fault)
            return new RouteJudgement { Fence = after, Refusal = fault };
        if (after.Allowed.Count == 0)
            return new RouteJudgement { Fence = after, Refusal = RouteRefusals.NothingLeft(before, after, wish, world.Directory) };
        if (!after.Allows(options.Home))
            return new RouteJudgement { Fence = after, Refusal = RouteRefusals.HomeOutside(after, options.Home, wish.Participant) };
        List<PlanParticipant> all = [.. people.Plans(), RouteMember.PlanAs(wish, null)];
        RoutePlan? plan = Plan(after, all, wish.Participant, out List<string> leavers, out RouteRefusal? refusal);
        if (refusal is not null)
            return new RouteJudgement { Fence = after, Refusal = refusal };
        bool tightens = !before.Allowed.IsSubsetOf(after.Allowed);
        RouteConsequences consequences = tightens || isPreview ? Weigh(before, after, plan!, leavers) : RouteConsequences.None;
        return new RouteJudgement
        {
            Fence = after,
            Plan = plan,
            Consequences = consequences,
            Tightens = tightens,
            NeedsHost = !wish.IsHost && tightens && (leavers.Count > 0 || consequences.LargestGrowth > TightenLimit),
        };
    }

    public RouteJudgement Edit(FenceEdit edit)
    {
        RouteFence before = new(world.Directory, people.Fences(admittedOnly: true), people.Countries(admittedOnly: true));
        RouteFence after = new(world.Directory, people.Fences(edit: edit, admittedOnly: true), people.Countries(admittedOnly: true));
        if (RouteRefusals.Fault(edit.Fence, edit.Scope, world.Directory, edit.IsStored) is { } fault)
            return new RouteJudgement { Fence = after, Refusal = fault };
        if (after.Allowed.Count == 0)
            return new RouteJudgement { Fence = after, Refusal = RouteRefusals.NothingLeft(after, edit, people, world.Directory) };
        if (!after.Allows(options.Home))
            return new RouteJudgement { Fence = after, Refusal = RouteRefusals.HomeOutside(after, options.Home, null) };
        RoutePlan? plan = Plan(after, people.Plans(admittedOnly: true), null, out List<string> leavers, out RouteRefusal? refusal);
        if (refusal is not null)
            return new RouteJudgement { Fence = after, Refusal = refusal };
        return new RouteJudgement { Fence = after, Plan = plan, Consequences = Weigh(before, after, plan, leavers), Tightens = !before.Allowed.IsSubsetOf(after.Allowed) };
    }

    // Plans without those who reach nothing; null when nobody is left.
    private RoutePlan? Plan(RouteFence fence, List<PlanParticipant> all, string? newcomer, out List<string> leavers, out RouteRefusal? refusal)
    {
        leavers = [];
        refusal = null;
        while (all.Count > 0)
        {
            RoutePlan? plan = options.Planner(world.Planning, new PlanRequest { AllowedRegions = fence.Allowed, Participants = all }, out PlanRefusal? why);
            if (plan is not null)
                return plan;
            if (why!.Participant is not { } lost || lost == newcomer)
            {
                refusal = RouteRefusals.Of(why, fence, null, newcomer);
                return null;
            }

            leavers.Add(lost);
            all.RemoveAll(person => person.Id == lost);
        }

        return null;
    }

    // Only those who are in the meeting now and could stay are compared, by themselves: that a newcomer is far away is no consequence of a fence.
    private RouteConsequences Weigh(RouteFence before, RouteFence after, RoutePlan? plan, List<string> leavers)
    {
        if (plan is null)
            return RouteConsequences.None with { CouldNotStay = leavers };
        RouteMember[] stayers = [.. people.Admitted.Where(member => !leavers.Contains(member.Id) && member.Target is not null)];
        List<PlanParticipant> persons = [.. stayers.Select(static member => member.Plan)];
        RoutePlan? now = Evaluate(before, persons, stayers.ToDictionary(static member => member.Id, static member => member.Target!));
        RoutePlan? then = Evaluate(after, persons, stayers.ToDictionary(static member => member.Id, member => plan.Nodes[member.Id]));
        double growth = 0;
        if (now is not null && then is not null)
        {
            foreach (RouteMember member in stayers)
                growth = Math.Max(growth, then.ExpectedDelays[member.Id] - now.ExpectedDelays[member.Id]);
        }

        return new RouteConsequences
        {
            Moves = [.. stayers.Where(member => plan.Nodes[member.Id] != member.Target).Select(static member => member.Id)],
            CouldNotStay = leavers,
            WorstDelayBefore = now?.WorstDelay ?? 0,
            WorstDelayAfter = then?.WorstDelay ?? 0,
            LargestGrowth = growth,
            IsComputed = now is { IsComputed: true } || then is { IsComputed: true },
        };
    }

    private RoutePlan? Evaluate(RouteFence fence, List<PlanParticipant> persons, Dictionary<string, string> nodes) =>
        persons.Count == 0 ? null : Planner.Evaluate(world.Planning, new PlanRequest { AllowedRegions = fence.Allowed, Participants = persons }, nodes);
}
