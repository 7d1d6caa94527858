namespace Parley.Server.Routes;

/// <summary>A node that carries the meeting.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Region">Its region.</param>
/// <param name="Statement">Its signed node statement; null until it has sent one.</param>
[GenerateSerializer]
[Immutable]
internal sealed record NodeInfo(string Id, string Region, string? Statement);
