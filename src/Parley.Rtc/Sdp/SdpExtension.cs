namespace Parley.Rtc.Sdp;

/// <summary>One <c>a=extmap</c> (RFC 8285 section 6).</summary>
/// <param name="Id">1 to 255.</param>
/// <param name="Uri">Its name.</param>
/// <param name="Direction">Which way it is used; both ways where nothing is written.</param>
public readonly record struct SdpExtension(byte Id, string Uri, SdpDirection Direction = SdpDirection.SendRecv);
