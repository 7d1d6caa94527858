using System.ComponentModel;
using Parley.Routing.Geofences;

namespace Parley.Server.Geofences;

/// <summary>What an effective geofence says of one region, as whoever it is shown to may see it: neither whose rule another participant's is, nor what it says.</summary>
/// <param name="Id">The region's id.</param>
/// <param name="Allowed">Whether it may carry the meeting.</param>
/// <param name="Rule">The rule that decides; empty for another participant's own.</param>
/// <param name="Scope">Whose rule it is.</param>
/// <param name="Reason">Why, as a sentence.</param>
[GenerateSerializer]
[Immutable]
internal sealed record RegionVerdictView(
    [property: Description("The region's id.")] string Id,
    [property: Description("Whether it may carry the meeting.")] bool Allowed,
    [property: Description("The rule that decides: default, allow SELECTORS, deny SELECTOR, servesOnly COUNTRIES or unknown-region; empty for another participant's own.")] string Rule,
    [property: Description("Whose rule it is: platform, organisation, group, user, meeting or participant.")] string Scope,
    [property: Description("Why, as a sentence.")] string Reason)
{
    /// <summary>Verdicts as they are shown.</summary>
    public static RegionVerdictView[] Of(IEnumerable<RegionVerdict> verdicts) =>
        [.. verdicts.Select(static verdict => new RegionVerdictView(verdict.Region, verdict.Allowed, verdict.Rule, ScopeNames.Of(verdict.Scope), verdict.Reason))];
}
