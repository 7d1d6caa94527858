namespace Parley.Server.Meetings;

/// <summary>A WHIP or WHEP session that began.</summary>
/// <param name="Secret">What its owner shows to end it.</param>
/// <param name="Participant">The publisher's or player's id.</param>
/// <param name="Answer">The answer's SDP.</param>
/// <param name="Statement">The statement of the node that answered.</param>
[GenerateSerializer]
[Immutable]
internal sealed record SessionStarted(string Secret, string Participant, string Answer, string? Statement);
