namespace Parley.Routing.Planning;

/// <summary>The delay from one region to another.</summary>
/// <param name="From">Where packets leave.</param>
/// <param name="To">Where they arrive.</param>
/// <param name="Milliseconds">How long they take, one way.</param>
public readonly record struct RegionDelay(string From, string To, double Milliseconds);
