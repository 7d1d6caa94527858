using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class SsrcTableTests
{
    private readonly SsrcTable _table = new();

    [Fact]
    public void The_last_ssrc_of_a_layer_wins()
    {
        LayerStream layer = Simulcast(2).Layers[0];

        _table.TryBind(1, layer, isRtx: false);
        _table.TryBind(2, layer, isRtx: true);
        _table.TryBind(3, layer, isRtx: false);

        Assert.False(_table.TryFind(1, out _, out _));
        Assert.True(_table.TryFind(2, out _, out bool isRtx) && isRtx);
        Assert.True(_table.TryFind(3, out LayerStream? found, out isRtx) && !isRtx);
        Assert.Same(layer, found);
    }

    [Fact]
    public void An_ssrc_belongs_to_one_layer()
    {
        Track track = Simulcast(2);
        _table.TryBind(1, track.Layers[0], isRtx: false);
        _table.TryBind(2, track.Layers[1], isRtx: false);

        _table.TryBind(1, track.Layers[1], isRtx: false);

        Assert.Equal(1, _table.Count);
        Assert.True(_table.TryFind(1, out LayerStream? layer, out _));
        Assert.Same(track.Layers[1], layer);
    }

    [Fact]
    public void A_full_table_refuses_and_a_removed_track_makes_room()
    {
        Track full = Simulcast(SsrcTable.Capacity);
        for (uint i = 0; i < SsrcTable.Capacity; i++)
            Assert.True(_table.TryBind(i + 1, full.Layers[i], isRtx: false));
        LayerStream other = Simulcast(1).Layers[0];

        Assert.False(_table.TryBind(1000, other, isRtx: false));
        _table.Remove(full);
        Assert.Equal(0, _table.Count);
        Assert.True(_table.TryBind(1000, other, isRtx: false));
    }

    private static Track Simulcast(int layers) => new(
        0,
        new NegotiatedMedia
        {
            Mid = "1",
            Kind = MediaKind.Video,
            Publishes = true,
            Receives = false,
            Codecs = [],
            Extensions = ExtensionMap.Empty,
            Rids = [.. Enumerable.Range(0, layers).Select(i => new NegotiatedRid($"r{i}", false))],
        },
        new SenderClock(),
        new PacketPool(1));
}
