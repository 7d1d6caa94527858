using Parley.Server.Routes;

namespace Parley.Server.Signalling;

/// <summary>The answer of <c>negotiate</c>.</summary>
/// <param name="Answer">The answer's SDP.</param>
/// <param name="Node">The node that answered.</param>
internal sealed record NegotiateAnswer(string Answer, NodeInfo Node);
