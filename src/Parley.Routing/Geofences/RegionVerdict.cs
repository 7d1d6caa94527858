namespace Parley.Routing.Geofences;

/// <summary>What an effective geofence says of one region.</summary>
/// <param name="Region">The region's id.</param>
/// <param name="Allowed">Whether it may carry the meeting.</param>
/// <param name="Rule">The rule that decides: <c>default</c>, <c>allow SELECTORS</c>, <c>deny SELECTOR</c> or <c>servesOnly COUNTRIES</c>.</param>
/// <param name="Scope">Whose rule it is; <c>servesOnly</c> is the platform's.</param>
/// <param name="Owner">The participant whose rule it is, where known.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record RegionVerdict(string Region, bool Allowed, string Rule, GeofenceScope Scope, string? Owner, string Reason);
