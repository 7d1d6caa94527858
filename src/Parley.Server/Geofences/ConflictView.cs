namespace Parley.Server.Geofences;

/// <summary>A rule that stands in the way.</summary>
/// <param name="Scope">Whose rule it is.</param>
/// <param name="Rule">The rule; empty for another participant's, which is nobody else's business.</param>
/// <param name="Regions">The regions that it excludes and the others would allow.</param>
[GenerateSerializer]
[Immutable]
internal sealed record ConflictView(string Scope, string Rule, string[] Regions);
