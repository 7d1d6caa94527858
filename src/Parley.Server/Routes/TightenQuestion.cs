using Parley.Server.Geofences;

namespace Parley.Server.Routes;

/// <summary>The argument of <c>tightenAsked</c>: a newcomer's fence asks for more than a guest may do alone.</summary>
/// <param name="Request">What <c>decideTighten</c> names.</param>
/// <param name="Name">The newcomer's name.</param>
/// <param name="Fence">The newcomer's fence.</param>
/// <param name="Consequences">What it would do.</param>
[GenerateSerializer]
[Immutable]
internal sealed record TightenQuestion(string Request, string Name, GeofenceInput? Fence, ConsequencesInfo Consequences);
