namespace Parley.Server.Nodes;

/// <summary>A round trip that was measured between two nodes over their control connection.</summary>
/// <param name="From">The node that measured.</param>
/// <param name="To">The node that answered.</param>
/// <param name="RoundTrip">The smallest of the last ones, milliseconds.</param>
internal readonly record struct MeasuredDelay(string From, string To, double RoundTrip);
