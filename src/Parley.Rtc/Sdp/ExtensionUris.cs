using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>The names of the header extensions on the wire.</summary>
public static class ExtensionUris
{
    private static readonly KeyValuePair<ExtensionKind, string>[] Known =
    [
        new(ExtensionKind.Mid, "urn:ietf:params:rtp-hdrext:sdes:mid"),
        new(ExtensionKind.Rid, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
        new(ExtensionKind.RepairedRid, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
        new(ExtensionKind.TransportSequence, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
        new(ExtensionKind.AudioLevel, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
        new(ExtensionKind.DependencyDescriptor, "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
        new(ExtensionKind.AbsoluteCaptureTime, "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time"),
        new(ExtensionKind.VideoLayersAllocation, "http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00"),
        new(ExtensionKind.PlayoutDelay, "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
        new(ExtensionKind.VideoOrientation, "urn:3gpp:video-orientation"),
    ];

    /// <summary>The kind behind a name; <see cref="ExtensionKind.None"/> for others.</summary>
    public static ExtensionKind KindOf(string uri)
    {
        foreach ((ExtensionKind kind, string known) in Known)
        {
            if (known == uri)
                return kind;
        }

        return ExtensionKind.None;
    }

    /// <summary>The name of a kind; empty for <see cref="ExtensionKind.None"/>.</summary>
    public static string Of(ExtensionKind kind)
    {
        foreach ((ExtensionKind known, string uri) in Known)
        {
            if (known == kind)
                return uri;
        }

        return "";
    }
}
