namespace Parley.Rtc.Sdp;

/// <summary>The <c>a=ssrc</c> lines of one SSRC (RFC 5576).</summary>
/// <param name="Ssrc">The SSRC.</param>
/// <param name="CName">Its canonical name; empty where none is written.</param>
/// <param name="Msid">Stream and track id; empty where none is written.</param>
public readonly record struct SdpSsrc(uint Ssrc, string CName = "", string Msid = "");
