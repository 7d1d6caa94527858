namespace Parley.Server.Routes;

/// <summary>A relay between two nodes; it carries both ways.</summary>
/// <param name="From">One node.</param>
/// <param name="To">The other.</param>
[GenerateSerializer]
[Immutable]
internal sealed record RelayInfo(string From, string To);
