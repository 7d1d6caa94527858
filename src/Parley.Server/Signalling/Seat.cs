using Parley.Server.Meetings;

namespace Parley.Server.Signalling;

/// <summary>A connection's place in a meeting.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Participant">The participant's id.</param>
/// <param name="Observer">Where its events go. Held here, since the grain runtime holds it weakly.</param>
/// <param name="Reference">What the meeting knows of the observer.</param>
internal sealed record Seat(IMeetingGrain Meeting, string Participant, ConnectionObserver Observer, IParticipantObserver Reference);
