using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Refusals in words.</summary>
internal static class RouteRefusals
{
    public static RouteRefusal? Fault(Geofence? fence, GeofenceScope scope, RegionDirectory directory, bool isStored = false) =>
        fence?.FindFault(directory) is { } fault && !(isStored && fault.Rule == Geofence.UnknownSelector)
        ? new RouteRefusal { Rule = fault.Rule, Scope = scope, Sentence = fault.Sentence }
        : null;

    /// <summary>A refusal to plan, told to <paramref name="reader"/>.</summary>
    public static RouteRefusal Of(PlanRefusal refusal, RouteFence fence, string? formerRegion, string? reader)
    {
        RegionVerdict? verdict = refusal.Rule == PlanRefusal.NoCapacity ? null : Decisive(fence, formerRegion);
        return new RouteRefusal
        {
            Rule = refusal.Rule,
            Scope = verdict?.Scope,
            Owner = verdict?.Owner,
            Sentence = verdict is null ? refusal.Sentence : $"{refusal.Sentence} {verdict.SeenBy(reader).Reason}",
            Verdicts = fence.VerdictsFor(reader),
        };
    }

    public static RouteRefusal HomeOutside(RouteFence fence, string home, string? reader)
    {
        RegionVerdict verdict = fence.Effective.For(home);
        return new RouteRefusal
        {
            Rule = RouteRules.HomeOutsideFence,
            Scope = verdict.Scope,
            Owner = verdict.Owner,
            Sentence = $"This meeting's control and its stored data are in region {home}, which must stay inside the fence. {verdict.SeenBy(reader).Reason}",
            Verdicts = fence.VerdictsFor(reader),
        };
    }

    /// <summary>A newcomer with whom no region is left.</summary>
    public static RouteRefusal NothingLeft(RouteFence before, RouteFence after, JoinWish wish, RegionDirectory directory)
    {
        if (before.Allowed.Count == 0)
            return Nothing(after, null, wish.Participant);
        RouteFence own = new(directory, wish.Fence is { } fence ? [new ScopedGeofence(GeofenceScope.Participant, fence)] : [], [wish.Country]);
        if (own.Allowed.Count == 0)
            return Nothing(after, "Your own rule leaves no region that runs here. ", wish.Participant);
        List<RouteConflict> conflicts = Conflicts(own, before);
        conflicts.AddRange(own.Effective.Verdicts.Where(verdict => !verdict.Allowed && before.Allows(verdict.Region)).GroupBy(static verdict => (verdict.Scope, verdict.Rule))
            .Select(static group => new RouteConflict(group.Key.Scope, group.Key.Rule, [.. group.Select(static verdict => verdict.Region)])));
        string others = string.Join(" and ", conflicts.Take(conflicts.Count).Where(conflict => conflict.Regions.Any(own.Allows)).Select(static conflict => ScopeWords.Whose(conflict.Scope)).Distinct().Select(static whose => char.ToLowerInvariant(whose[0]) + whose[1..]));
        return new RouteRefusal
        {
            Rule = RouteRules.FenceConflict,
            Scope = GeofenceScope.Participant,
            Sentence = $"Your rule and this meeting's have no region in common: yours leaves {string.Join(", ", own.Allowed.Order(StringComparer.Ordinal))}, which {others} excludes.",
            Verdicts = after.VerdictsFor(wish.Participant),
            Conflicts = conflicts,
        };
    }

    /// <summary>An edit with which no region is left.</summary>
    public static RouteRefusal NothingLeft(RouteFence after, FenceEdit edit, RoutePeople people, RegionDirectory directory)
    {
        RouteFence own = new(directory, [new ScopedGeofence(edit.Scope, edit.Fence)], people.Countries(admittedOnly: true));
        if (own.Allowed.Count == 0)
            return Nothing(after, edit.Fence.FindFault(directory) is { Rule: Geofence.UnknownSelector } vanished ? $"{vanished.Sentence} " : null, null);
        List<RouteConflict> conflicts = Conflicts(own, after);
        return new RouteRefusal
        {
            Rule = RouteRules.FenceConflict,
            Scope = conflicts[0].Scope,
            Sentence = "The new rule and the others of this meeting have no region in common: "
                + string.Join("; ", conflicts.Select(static conflict => $"{ScopeWords.Whose(conflict.Scope)} excludes {string.Join(", ", conflict.Regions)}")) + ".",
            Verdicts = after.VerdictsFor(null),
            Conflicts = conflicts,
        };
    }

    public static RouteRefusal NeedsHost(RouteConsequences consequences, RouteFence fence, double limit, string reader) => new()
    {
        Rule = RouteRules.TightenNeedsHost,
        Scope = GeofenceScope.Participant,
        Sentence = $"With your rule {Effect(consequences, limit)}. Only a host can agree to that, and none is here.",
        Verdicts = fence.VerdictsFor(reader),
    };

    public static RouteRefusal HostRefused() => new()
    {
        Rule = RouteRules.TightenRefused,
        Scope = GeofenceScope.Meeting,
        Sentence = "The host does not want this meeting to be limited by your rule.",
    };

    public static RouteRefusal HostSilent() => new()
    {
        Rule = RouteRules.HostSilent,
        Scope = GeofenceScope.Meeting,
        Sentence = $"The host was asked whether this meeting may be limited by your rule, and did not answer within {RouteTimes.HostPatience / 1000} seconds.",
    };

    private static string Effect(RouteConsequences consequences, double limit) => consequences.CouldNotStay.Count switch
    {
        0 => $"somebody's delay would grow by {consequences.LargestGrowth:0} ms, which is more than the {limit:0} ms that this meeting lets a newcomer add",
        1 => "one person would have to leave, since they reach no region that would be allowed",
        int count => $"{count} people would have to leave, since they reach no region that would be allowed",
    };

    private static RouteRefusal Nothing(RouteFence fence, string? prefix, string? reader)
    {
        RegionVerdict? verdict = Decisive(fence, null);
        return new RouteRefusal
        {
            Rule = RouteRules.NoRegionAllowed,
            Scope = verdict?.Scope,
            Owner = verdict?.Owner,
            Sentence = $"{prefix}No region may carry this meeting. {verdict?.SeenBy(reader).Reason ?? "The directory lists none."}",
            Verdicts = fence.VerdictsFor(reader),
        };
    }

    // What stands in the way of regions that a fence allows, by scope; another participant's rule is nobody else's business.
    private static List<RouteConflict> Conflicts(RouteFence own, RouteFence others) =>
        [.. others.Effective.Verdicts.Where(verdict => !verdict.Allowed && own.Allows(verdict.Region))
            .GroupBy(static verdict => (verdict.Scope, Rule: verdict.Scope == GeofenceScope.Participant ? "" : verdict.Rule))
            .Select(static group => new RouteConflict(group.Key.Scope, group.Key.Rule, [.. group.Select(static verdict => verdict.Region)]))];

    // The rule to name: of the region that they were in, else the first that excludes anything.
    private static RegionVerdict? Decisive(RouteFence fence, string? formerRegion)
    {
        RegionVerdict? former = formerRegion is null ? null : fence.Effective.For(formerRegion);
        return former is { Allowed: false } ? former : fence.Effective.Verdicts.FirstOrDefault(static verdict => !verdict.Allowed);
    }
}
