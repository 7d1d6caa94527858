using Parley.Rtc.Rtp;

namespace Parley.Sfu.Relays;

/// <summary>The header extensions on links and their ids: the end-to-end ones alone, since an SSRC says all that names would say and a hop's own have no use here.</summary>
public static class RelayExtensions
{
    /// <summary>The ids.</summary>
    public static ExtensionMap Map { get; } = new(new Dictionary<byte, ExtensionKind>
    {
        [1] = ExtensionKind.AudioLevel,
        [2] = ExtensionKind.AbsoluteCaptureTime,
        [3] = ExtensionKind.DependencyDescriptor,
        [4] = ExtensionKind.PlayoutDelay,
        [5] = ExtensionKind.VideoOrientation,
    });
}
