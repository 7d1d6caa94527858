using Parley.Routing.Routes;
using Parley.Server.Geofences;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>A route's refusals as problems.</summary>
internal static class RouteProblems
{
    /// <summary>The problem that a refusal becomes; it does not say which participant's rule it is.</summary>
    public static ProblemException Of(RouteRefusal refusal)
    {
        (int status, string title) = Kind(refusal.Rule);
        return new ProblemException(refusal.Rule, status, title, refusal.Sentence, new ProblemFacts
        {
            Scope = refusal.Scope is { } scope ? ScopeNames.Of(scope) : null,
            Regions = refusal.Verdicts.Count > 0 ? RegionVerdictView.Of(refusal.Verdicts) : null,
            Conflicts = refusal.Conflicts.Count > 0 ? [.. refusal.Conflicts.Select(static conflict => new ConflictView(ScopeNames.Of(conflict.Scope), conflict.Rule, [.. conflict.Regions]))] : null,
        });
    }

    private static (int Status, string Title) Kind(string rule) => rule switch
    {
        RouteRules.FenceConflict => (409, "The fences have nothing in common"),
        RouteRules.NoRegionAllowed => (422, "No region is allowed"),
        RouteRules.HomeOutsideFence => (422, "The home region is outside the fence"),
        RouteRules.OutOfReach => (503, "Out of reach"),
        RouteRules.NoCapacity => (503, "No room inside the fence"),
        RouteRules.TightenNeedsHost => (409, "A host must decide"),
        RouteRules.TightenRefused => (403, "The host said no"),
        RouteRules.HostSilent => (408, "The host did not answer"),
        _ => (422, "The geofence has a fault"),
    };
}
