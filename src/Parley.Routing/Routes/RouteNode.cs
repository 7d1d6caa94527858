namespace Parley.Routing.Routes;

/// <summary>A node that takes part.</summary>
/// <param name="Id">The node.</param>
/// <param name="Region">Its region.</param>
public sealed record RouteNode(string Id, string Region);
