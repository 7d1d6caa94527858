namespace Parley.Server.Routes;

/// <summary>The argument of <c>move</c>.</summary>
/// <param name="Reason"><c>fence</c>, <c>node-lost</c> or <c>plan</c>.</param>
/// <param name="Node">The node to connect through.</param>
/// <param name="Region">Its region.</param>
[GenerateSerializer]
[Immutable]
internal sealed record MoveInfo(string Reason, string Node, string Region);
