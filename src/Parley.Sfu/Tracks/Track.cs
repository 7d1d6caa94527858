using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Tracks;

/// <summary>One published track of a transport: its m-line and its layers.</summary>
public sealed class Track
{
    private const int PayloadTypes = 128;

    private readonly NegotiatedCodec?[] _codecs = new NegotiatedCodec?[PayloadTypes];
    private readonly NegotiatedCodec?[] _repaired = new NegotiatedCodec?[PayloadTypes];

    /// <summary>Makes a track whose layers wait for their first packets.</summary>
    /// <param name="index">Its place among its transport's tracks.</param>
    /// <param name="media">The m-line.</param>
    /// <param name="clock">Its publisher's wall clock.</param>
    /// <param name="pool">The packet buffers of the shard.</param>
    public Track(int index, NegotiatedMedia media, SenderClock clock, PacketPool pool)
    {
        Index = index;
        Clock = clock;
        MidBytes = Encoding.ASCII.GetBytes(media.Mid);
        Media = media;
        Enter(media);
        Layers = new LayerStream[Math.Max(1, media.Rids.Count)];
        for (int i = 0; i < Layers.Length; i++)
            Layers[i] = new LayerStream(this, i, i < media.Rids.Count ? media.Rids[i].Rid : "", pool);
    }

    /// <summary>Its place among its transport's tracks.</summary>
    public int Index { get; set; }

    /// <summary>The m-line as last negotiated.</summary>
    public NegotiatedMedia Media { get; private set; }

    /// <summary>The m-line's name as it stands in packets.</summary>
    public byte[] MidBytes { get; }

    /// <summary>Its publisher's wall clock, shared with the publisher's other tracks.</summary>
    public SenderClock Clock { get; }

    /// <summary>Sound or pictures.</summary>
    public MediaKind Kind => Media.Kind;

    /// <summary>The layers, lowest first; one without simulcast.</summary>
    public LayerStream[] Layers { get; }

    /// <summary>Whether the layers are named by RTP stream ids.</summary>
    public bool IsSimulcast => Media.Rids.Count > 0;

    /// <summary>The codec behind a payload type; null when it was not agreed.</summary>
    public NegotiatedCodec? CodecOf(byte payloadType) => _codecs[payloadType];

    /// <summary>Whether a payload type carries retransmissions.</summary>
    public bool IsRtx(byte payloadType) => _repaired[payloadType] is not null;

    /// <summary>The codec whose packets a payload type carries again; null when it carries none.</summary>
    public NegotiatedCodec? RepairedBy(byte rtxPayloadType) => _repaired[rtxPayloadType];

    /// <summary>Whether a re-offer's m-line continues this track: the same layers, so that all state stays.</summary>
    public bool Continues(NegotiatedMedia media) => media.Publishes && media.Kind == Kind && media.Rids.SequenceEqual(Media.Rids);

    /// <summary>Takes over payload types and SSRCs of a re-offer.</summary>
    public void Renegotiate(NegotiatedMedia media)
    {
        Media = media;
        Array.Clear(_codecs);
        Array.Clear(_repaired);
        Enter(media);
    }

    /// <summary>Lets go of all cached packets.</summary>
    public void Clear()
    {
        foreach (LayerStream layer in Layers)
            layer.Clear();
    }

    private void Enter(NegotiatedMedia media)
    {
        foreach (NegotiatedCodec codec in media.Codecs)
        {
            _codecs[codec.PayloadType & (PayloadTypes - 1)] = codec;
            if (codec.RtxPayloadType is { } rtx)
                _repaired[rtx & (PayloadTypes - 1)] = codec;
        }
    }
}
