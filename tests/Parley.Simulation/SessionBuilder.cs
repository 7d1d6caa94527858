using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;

namespace Parley.Simulation;

/// <summary>Makes what offer and answer would have agreed on, without SDP.</summary>
public sealed class SessionBuilder(IEntropy entropy)
{
    private readonly List<NegotiatedMedia> _media = [];
    private int _nextMid;

    /// <summary>The payload type of Opus.</summary>
    public byte OpusType { get; init; } = 111;

    /// <summary>The payload type of VP8; its RTX has the next.</summary>
    public byte Vp8Type { get; init; } = 96;

    /// <summary>The extension ids that the peer uses.</summary>
    public ExtensionMap Extensions { get; init; } = DefaultExtensions;

    /// <summary>Whether RTX is agreed on.</summary>
    public bool HasRtx { get; init; } = true;

    /// <summary>Ids as Chromium gives them.</summary>
    public static ExtensionMap DefaultExtensions { get; } = new(new Dictionary<byte, ExtensionKind>
    {
        [1] = ExtensionKind.AudioLevel,
        [3] = ExtensionKind.TransportSequence,
        [4] = ExtensionKind.Mid,
        [10] = ExtensionKind.Rid,
        [11] = ExtensionKind.RepairedRid,
        [13] = ExtensionKind.DependencyDescriptor,
    });

    /// <summary>Adds a published microphone and returns its mid.</summary>
    public string PublishAudio() => Add(MediaKind.Audio, publishes: true);

    /// <summary>Adds a published camera, with simulcast when RTP stream ids are given, and returns its mid.</summary>
    public string PublishVideo(params string[] rids) => Add(MediaKind.Video, publishes: true, rids);

    /// <summary>Adds slots for sound.</summary>
    public SessionBuilder AudioSlots(int count) => Slots(MediaKind.Audio, count);

    /// <summary>Adds slots for pictures.</summary>
    public SessionBuilder VideoSlots(int count) => Slots(MediaKind.Video, count);

    /// <summary>Makes the session.</summary>
    public NegotiatedSession Build(byte[] fingerprint) => new()
    {
        RemoteUfrag = entropy.NextText(8),
        RemotePassword = entropy.NextText(24),
        LocalUfrag = entropy.NextText(8),
        LocalPassword = entropy.NextText(24),
        RemoteFingerprint = fingerprint,
        Media = [.. _media],
    };

    private SessionBuilder Slots(MediaKind kind, int count)
    {
        for (int i = 0; i < count; i++)
            Add(kind, publishes: false);
        return this;
    }

    private string Add(MediaKind kind, bool publishes, params string[] rids)
    {
        string mid = (_nextMid++).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _media.Add(new NegotiatedMedia
        {
            Mid = mid,
            Kind = kind,
            Publishes = publishes,
            Receives = !publishes,
            Codecs = [kind == MediaKind.Audio ? Opus() : Vp8()],
            Extensions = Extensions,
            Rids = [.. rids.Select(rid => new NegotiatedRid(rid, false))],
            LocalSsrc = publishes ? 0 : entropy.NextUInt32() | 1,
            LocalRtxSsrc = publishes || kind == MediaKind.Audio || !HasRtx ? 0 : entropy.NextUInt32() | 1,
            ReducedSizeRtcp = true,
        });
        return mid;
    }

    private NegotiatedCodec Opus() => new() { Kind = CodecKind.Opus, PayloadType = OpusType, ClockRate = 48_000, Channels = 2, TransportFeedback = true };

    private NegotiatedCodec Vp8() => new()
    {
        Kind = CodecKind.Vp8,
        PayloadType = Vp8Type,
        ClockRate = 90_000,
        RtxPayloadType = HasRtx ? (byte)(Vp8Type + 1) : null,
        Nack = true,
        PictureLossIndication = true,
        TransportFeedback = true,
    };
}
