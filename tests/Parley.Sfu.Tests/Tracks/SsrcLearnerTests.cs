using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

/// <summary>SSRCs that the offer names belong to their layer before the first packet.</summary>
public sealed class SsrcLearnerTests
{
    private readonly SsrcTable _table = new();

    [Fact]
    public void An_announced_layer_knows_the_ssrc_that_its_requests_must_name()
    {
        Track track = NewTrack(10, 11);
        new SsrcLearner(_table).Announce(track);
        Assert.Equal(10u, track.Layers[0].Ssrc);
        Assert.True(_table.TryFind(10, out LayerStream? layer, out bool isRtx));
        Assert.Same(track.Layers[0], layer);
        Assert.False(isRtx);
        Assert.True(_table.TryFind(11, out _, out isRtx));
        Assert.True(isRtx);
    }

    [Fact]
    public void An_announcement_of_the_same_ssrc_changes_nothing()
    {
        Track track = NewTrack(10, 11);
        var learner = new SsrcLearner(_table);
        learner.Announce(track);
        learner.Announce(track);
        Assert.Equal(0, track.Layers[0].Epoch);
    }

    private static Track NewTrack(uint ssrc, uint rtx)
    {
        var media = new NegotiatedMedia
        {
            Mid = "0",
            Kind = MediaKind.Video,
            Publishes = true,
            Receives = false,
            Codecs = [new NegotiatedCodec { Kind = CodecKind.Vp8, PayloadType = 96, ClockRate = 90_000, RtxPayloadType = 97, Nack = true }],
            Extensions = ExtensionMap.Empty,
            RemoteSsrcs = [ssrc],
            RemoteRtxSsrc = rtx,
        };
        return new Track(0, media, new SenderClock(), new PacketPool(4));
    }
}
