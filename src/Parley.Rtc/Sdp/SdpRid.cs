namespace Parley.Rtc.Sdp;

/// <summary>One <c>a=rid</c> (RFC 8851).</summary>
/// <param name="Id">The RTP stream id.</param>
/// <param name="IsSend">Whether the author sends it.</param>
/// <param name="Restrictions">What follows the direction, as written; empty without.</param>
public readonly record struct SdpRid(string Id, bool IsSend, string Restrictions = "");
