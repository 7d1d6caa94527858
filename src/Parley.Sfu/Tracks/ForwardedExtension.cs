using Parley.Rtc.Rtp;

namespace Parley.Sfu.Tracks;

/// <summary>A header extension of a received packet that subscribers get too, under their own ids.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where its bytes stand in the packet.</param>
/// <param name="Length">How many there are.</param>
public readonly record struct ForwardedExtension(ExtensionKind Kind, ushort Offset, byte Length);
