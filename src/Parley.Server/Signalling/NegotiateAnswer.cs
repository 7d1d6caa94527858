namespace Parley.Server.Signalling;

/// <summary>The answer of <c>negotiate</c>.</summary>
/// <param name="Answer">The answer's SDP.</param>
internal sealed record NegotiateAnswer(string Answer);
