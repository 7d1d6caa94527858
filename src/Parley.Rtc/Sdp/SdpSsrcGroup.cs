namespace Parley.Rtc.Sdp;

/// <summary>One <c>a=ssrc-group</c> (RFC 5576 section 4.2).</summary>
/// <param name="Semantics">What holds them together: <c>FID</c>, <c>SIM</c>.</param>
/// <param name="Ssrcs">The members in their order.</param>
public sealed record SdpSsrcGroup(string Semantics, IReadOnlyList<uint> Ssrcs);
