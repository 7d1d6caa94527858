namespace Parley.Routing.Geofences;

/// <summary>What is wrong with a geofence.</summary>
/// <param name="Rule">The broken rule's code, such as <c>selector-unknown</c>.</param>
/// <param name="Sentence">What is wrong and what to do, for people.</param>
public sealed record GeofenceFault(string Rule, string Sentence);
