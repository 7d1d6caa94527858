namespace Parley.Server.Routes;

/// <summary>The delay of one leg between two nodes.</summary>
/// <param name="A">One node.</param>
/// <param name="B">The other.</param>
/// <param name="Ms">One way, milliseconds.</param>
/// <param name="Computed">Whether it is estimated, not measured, in a direction or both.</param>
[GenerateSerializer]
[Immutable]
internal sealed record LegInfo(string A, string B, double Ms, bool Computed);
