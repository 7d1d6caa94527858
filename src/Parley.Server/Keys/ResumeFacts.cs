namespace Parley.Server.Keys;

/// <summary>What a resume token says.</summary>
/// <param name="Meeting">The meeting's id.</param>
/// <param name="Participant">The participant's id.</param>
/// <param name="Since">The participant's place in the order of joining.</param>
/// <param name="Issued">When it was made, Unix milliseconds.</param>
internal sealed record ResumeFacts(string Meeting, string Participant, long Since, long Issued);
