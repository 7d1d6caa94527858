namespace Parley.Rtc.Sdp;

/// <summary>The answer to an offer.</summary>
/// <param name="Text">What goes back to the peer.</param>
/// <param name="Session">What was agreed.</param>
public sealed record SdpAnswer(string Text, NegotiatedSession Session);
