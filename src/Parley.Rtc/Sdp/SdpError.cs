namespace Parley.Rtc.Sdp;

/// <summary>Why a session description was refused.</summary>
/// <param name="Code">One of <see cref="SdpErrorCodes"/>: stable, for programs.</param>
/// <param name="Detail">A sentence for the developer who made the description.</param>
public sealed record SdpError(string Code, string Detail);
