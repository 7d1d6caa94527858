using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>
/// Chooses the header extensions of one m-line that serve its direction. Never abs-send-time, which competes with the transport-wide sequence number; not the video orientation either:
/// without it the sender turns the picture itself, and every subscriber shows it right.
/// </summary>
internal static class ExtensionMatcher
{
    /// <summary>The chosen extensions as our answer writes them, directions from our view.</summary>
    public static List<SdpExtension> Match(SdpMedia media)
    {
        List<SdpExtension> chosen = [];
        foreach (SdpExtension offered in media.Extensions)
        {
            ExtensionKind kind = ExtensionUris.KindOf(offered.Uri);
            SdpDirection used = media.Direction & offered.Direction;
            if (kind is ExtensionKind.None or ExtensionKind.VideoOrientation || offered.Id == 15)
                continue;
            if (media.Direction != SdpDirection.Inactive && used == SdpDirection.Inactive)
                continue;
            if (IsForPublishers(kind) && !media.Direction.HasFlag(SdpDirection.SendOnly))
                continue;
            if (!chosen.Exists(other => other.Id == offered.Id || other.Uri == offered.Uri))
                chosen.Add(offered with { Direction = SdpWords.Reverse(offered.Direction) });
        }

        return chosen;
    }

    /// <summary>The map of chosen extensions.</summary>
    public static ExtensionMap ToMap(IEnumerable<SdpExtension> extensions) =>
        new(extensions.Select(extension => KeyValuePair.Create(extension.Id, ExtensionUris.KindOf(extension.Uri))));

    // We send one plain stream per slot, so its layers need no names.
    private static bool IsForPublishers(ExtensionKind kind) =>
        kind is ExtensionKind.Rid or ExtensionKind.RepairedRid or ExtensionKind.VideoLayersAllocation;
}
