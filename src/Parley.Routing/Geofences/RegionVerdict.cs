namespace Parley.Routing.Geofences;

/// <summary>What an effective geofence says of one region.</summary>
/// <param name="Region">The region's id.</param>
/// <param name="Allowed">Whether it may carry the meeting.</param>
/// <param name="Rule">The rule that decides: <c>default</c>, <c>allow SELECTORS</c>, <c>deny SELECTOR</c> or <c>servesOnly COUNTRIES</c>.</param>
/// <param name="Scope">Whose rule it is; <c>servesOnly</c> is the platform's.</param>
/// <param name="Owner">The participant whose rule it is, where known.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record RegionVerdict(string Region, bool Allowed, string Rule, GeofenceScope Scope, string? Owner, string Reason)
{
    /// <summary>
    /// It as a participant may see it, without the owner. A rule that somebody else brought is nobody else's business: of it only its scope and what comes of it is told, and <see cref="Rule"/> is empty.
    /// </summary>
    /// <param name="participant">Who looks; null: the public, or everyone alike.</param>
    public RegionVerdict SeenBy(string? participant)
    {
        if (Scope != GeofenceScope.Participant || (Owner is not null && Owner == participant))
            return this with { Owner = null };
        return this with { Owner = null, Rule = "", Reason = Allowed ? Reason : $"Another participant's own rule excludes region {Region}." };
    }
}
