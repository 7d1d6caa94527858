using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>An answered offer.</summary>
/// <param name="Answer">The answer's SDP.</param>
/// <param name="Node">The node that answered.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Negotiated(string Answer, NodeInfo Node);
