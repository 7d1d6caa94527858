using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Routing.Geofences;

/// <summary>
/// The intersection of geofences over their scopes, for one directory and the countries of the people in the meeting. Whatever cannot be told counts as outside: a region whose country is not
/// stated under a rule about countries, a rule that does not read, a group that the directory does not know.
/// </summary>
public sealed class EffectiveGeofence
{
    private readonly Dictionary<string, RegionVerdict> _verdicts = [];

    /// <summary>Evaluates geofences.</summary>
    /// <param name="directory">The regions, and what groups mean.</param>
    /// <param name="fences">All scopes' fences, in any order.</param>
    /// <param name="countries">The countries of everyone in the meeting; <see cref="Countries.Unknown"/> for who cannot be placed.</param>
    public EffectiveGeofence(RegionDirectory directory, IReadOnlyList<ScopedGeofence> fences, IReadOnlyCollection<string> countries)
    {
        ScopedGeofence[] ordered = [.. fences.OrderBy(static fence => fence.Scope)];
        foreach (Region region in directory.Regions)
            _verdicts[region.Id] = Evaluate(region, directory, ordered, countries);
    }

    /// <summary>The verdict on every region of the directory, in its order.</summary>
    public IReadOnlyCollection<RegionVerdict> Verdicts => _verdicts.Values;

    /// <summary>The regions that may carry the meeting.</summary>
    public IReadOnlySet<string> AllowedRegions => _verdicts.Values.Where(static verdict => verdict.Allowed).Select(static verdict => verdict.Region).ToHashSet();

    /// <summary>Whether a region may carry the meeting; one that the directory does not know may not.</summary>
    public bool Allows(string region) => _verdicts.TryGetValue(region, out RegionVerdict? verdict) && verdict.Allowed;

    /// <summary>The verdict on one region.</summary>
    public RegionVerdict For(string region) => _verdicts.TryGetValue(region, out RegionVerdict? verdict)
        ? verdict
        : new RegionVerdict(region, false, "unknown-region", GeofenceScope.Platform, null, $"The directory does not know the region {region}.");

    private static RegionVerdict Evaluate(Region region, RegionDirectory directory, ScopedGeofence[] fences, IReadOnlyCollection<string> countries)
    {
        if (region.ServesOnly is { } serves && countries.Any(country => country == Countries.Unknown || !serves.Contains(country)))
            return Refuse(region, GeofenceScope.Platform, null, $"servesOnly {string.Join(' ', serves)}", ServesOnly(region, string.Join(" or ", serves)));
        foreach (ScopedGeofence fence in fences)
        {
            if (Refusal(region, directory, fence) is { } refused)
                return refused;
        }

        return Allow(region, fences);
    }

    private static RegionVerdict? Refusal(Region region, RegionDirectory directory, ScopedGeofence scoped)
    {
        foreach (string text in scoped.Fence.Deny ?? [])
        {
            if (!Selector.TryParse(text, out Selector selector, out _))
                return Refuse(region, scoped.Scope, scoped.Owner, $"deny {text}", $"{ScopeWords.Whose(scoped.Scope)} '{text}' cannot be read, so nothing is sure to be inside.");
            if (SelectorMatch.Of(selector, region, directory) is not Match.No and var match)
                return Refuse(region, scoped.Scope, scoped.Owner, $"deny {selector}", $"{ScopeWords.Whose(scoped.Scope)} 'not through {ScopeWords.What(selector)}' excludes {Place(region)}{Doubt(match)}.");
        }

        if (scoped.Fence.Allow is not { } allow || allow.Any(text => Selector.TryParse(text, out Selector selector, out _) && SelectorMatch.Of(selector, region, directory) == Match.Yes))
            return null;
        string list = string.Join(", ", allow.Select(static text => Selector.TryParse(text, out Selector selector, out _) ? ScopeWords.What(selector) : $"'{text}'"));
        return Refuse(region, scoped.Scope, scoped.Owner, $"allow {string.Join(' ', allow)}", $"{ScopeWords.Whose(scoped.Scope)} 'only within {list}' leaves out {Place(region)}.");
    }

    private static RegionVerdict Allow(Region region, ScopedGeofence[] fences)
    {
        ScopedGeofence? narrowest = fences.LastOrDefault(static fence => fence.Fence.Allow is not null);
        if (narrowest is not null)
            return new RegionVerdict(region.Id, true, $"allow {string.Join(' ', narrowest.Fence.Allow!)}", narrowest.Scope, narrowest.Owner, $"{Place(region)} is within every rule of this meeting.");
        return new RegionVerdict(region.Id, true, "default", GeofenceScope.Platform, null, $"No rule excludes {Place(region)}.");
    }

    private static RegionVerdict Refuse(Region region, GeofenceScope scope, string? owner, string rule, string reason) => new(region.Id, false, rule, scope, owner, reason);

    private static string Place(Region region) => region.Country == Countries.Unknown ? region.Name : $"{region.Name} ({region.Country})";

    private static string Doubt(Match match) => match == Match.Unknown ? ", since where it belongs is not stated" : "";

    // Where who is not there is, is their business.
    private static string ServesOnly(Region region, string serves) => $"{Place(region)} may carry a meeting only if everyone in it is in {serves}; not everyone in the meeting is in {serves}.";
}
