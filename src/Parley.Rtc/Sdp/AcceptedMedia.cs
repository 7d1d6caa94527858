namespace Parley.Rtc.Sdp;

/// <summary>One accepted m-line: what was agreed, and the answer's m-line.</summary>
internal sealed record AcceptedMedia(NegotiatedMedia Negotiated, SdpMedia Answer);
