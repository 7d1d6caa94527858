namespace Parley.Routing.Tests.Histories;

/// <summary>What became of a meeting whose regions failed.</summary>
/// <param name="Kind">How they failed.</param>
/// <param name="People">How many were in the meeting.</param>
/// <param name="Hit">How many of them were on a node that failed.</param>
/// <param name="HadRegion">Whether an allowed region with a node in order was left.</param>
/// <param name="Ended">How many people were ended.</param>
/// <param name="Recovered">Milliseconds until everybody still in it was on a sound allowed node and these were joined; null when nobody was left to recover.</param>
/// <param name="Gaps">For each person hit who went on: milliseconds until they were on a sound allowed node.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
internal sealed record FailureOutcome(RegionFailure Kind, int People, int Hit, bool HadRegion, int Ended, long? Recovered, IReadOnlyList<long> Gaps, string? Failure);
