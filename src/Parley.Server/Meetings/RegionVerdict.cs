namespace Parley.Server.Meetings;

/// <summary>What a meeting's effective geofence says of one region.</summary>
/// <param name="Id">The region's id.</param>
/// <param name="Allowed">Whether it may carry the meeting.</param>
/// <param name="Rule">The rule that decides.</param>
/// <param name="Scope">Whose rule it is.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record RegionVerdict(string Id, bool Allowed, string Rule, string Scope, string Reason);
