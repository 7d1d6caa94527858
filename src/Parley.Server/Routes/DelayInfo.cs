namespace Parley.Server.Routes;

/// <summary>The expected one-way delays between people, milliseconds.</summary>
/// <param name="Worst">The largest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Computed">Whether anything that enters them is estimated, not measured.</param>
[GenerateSerializer]
[Immutable]
internal sealed record DelayInfo(double Worst, double Mean, bool Computed);
