namespace Parley.Routing.Routes;

/// <summary>Where a participant is.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Node">On which node.</param>
/// <param name="Region">In which region.</param>
public sealed record RouteSeat(string Participant, string Node, string Region);
