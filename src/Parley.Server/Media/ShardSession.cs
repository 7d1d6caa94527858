using Parley.Rtc.Sdp;

namespace Parley.Server.Media;

/// <summary>What a room knows of one of its transports.</summary>
/// <param name="Session">What was negotiated last.</param>
/// <param name="Participant">Whose it is.</param>
/// <param name="UfragBefore">The user fragment before the last ICE restart; null without one.</param>
internal sealed record ShardSession(NegotiatedSession Session, string Participant, string? UfragBefore);
