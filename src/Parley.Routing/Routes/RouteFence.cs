using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;

namespace Parley.Routing.Routes;

/// <summary>All scopes' fences and everyone's countries at one moment, and what they allow.</summary>
internal sealed class RouteFence
{
    private readonly IReadOnlyList<ScopedGeofence> _owned;

    public RouteFence(RegionDirectory directory, IReadOnlyList<ScopedGeofence> fences, IEnumerable<string> countries)
    {
        _owned = fences;
        Countries = [.. countries.Distinct().Order(StringComparer.Ordinal)];
        Fences = [.. fences.Where(static scoped => !scoped.Fence.IsOpen).DistinctBy(FenceDigest.Line).Select(static scoped => scoped with { Owner = null })];
        Digest = FenceDigest.Of(Fences, Countries);
        Effective = new EffectiveGeofence(directory, fences, Countries);
        Allowed = Effective.AllowedRegions;
    }

    /// <summary>The fences as nodes get them: without open ones and owners, each once.</summary>
    public IReadOnlyList<ScopedGeofence> Fences { get; }

    public IReadOnlyList<string> Countries { get; }

    public string Digest { get; }

    public EffectiveGeofence Effective { get; }

    public IReadOnlySet<string> Allowed { get; }

    /// <summary>The verdicts as a participant may see them; null: as anybody may.</summary>
    public IReadOnlyList<RegionVerdict> VerdictsFor(string? participant) => [.. Effective.Verdicts.Select(verdict => verdict.SeenBy(participant))];

    public bool Allows(string? region) => region is not null && Allowed.Contains(region);

    /// <summary>The same fences under another directory.</summary>
    public RouteFence Under(RegionDirectory directory) => new(directory, _owned, Countries);
}
