namespace Parley.Server.Meetings;

/// <summary>Where a join comes from.</summary>
/// <param name="Connection">The hub connection.</param>
/// <param name="Country">The country that the front door tells.</param>
[GenerateSerializer]
[Immutable]
internal sealed record JoinOrigin(string Connection, string Country);
