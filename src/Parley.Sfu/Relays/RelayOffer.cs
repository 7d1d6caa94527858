using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>A source that one end of a row could send.</summary>
public sealed record RelayOffer
{
    /// <summary>Names the offer on the link; never used again.</summary>
    public required uint Handle { get; init; }

    /// <summary>Whose, and what.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How new the publication is.</summary>
    public required Generation Generation { get; init; }

    /// <summary>How many links it crosses with this one.</summary>
    public required byte Hops { get; init; }

    /// <summary>Whether its participant muted it.</summary>
    public required bool IsMuted { get; init; }

    /// <summary>The codecs it may have, in the order of their payload types.</summary>
    public required RelayCodec[] Codecs { get; init; }

    /// <summary>Its layers, lowest first.</summary>
    public required RelayLayer[] Layers { get; init; }

    /// <summary>Sound or pictures.</summary>
    public MediaKind Kind => KindOf(Source.Kind);

    /// <summary>Whether a source of a kind is sound or pictures.</summary>
    public static MediaKind KindOf(SourceKind kind) => kind is SourceKind.Microphone or SourceKind.ScreenAudio ? MediaKind.Audio : MediaKind.Video;
}
