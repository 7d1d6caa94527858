using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Tests.Rooms;

public sealed class EventRingTests
{
    private readonly DropCounters _drops = new();

    [Fact]
    public void Events_come_out_in_their_order()
    {
        var ring = new EventRing(3, _drops);
        for (int round = 0; round < 5; round++)
        {
            ring.Add(Connected(round));
            ring.Add(Connected(round + 100));
            Assert.True(ring.TryTake(out ShardEvent? first));
            Assert.True(ring.TryTake(out ShardEvent? second));
            Assert.Equal(Connected(round), first);
            Assert.Equal(Connected(round + 100), second);
        }

        Assert.False(ring.TryTake(out _));
    }

    [Fact]
    public void A_full_ring_lets_go_of_speakers_first_and_then_refuses()
    {
        var ring = new EventRing(3, _drops);
        ring.Add(Connected(1));
        ring.Add(new SpeakersChanged(new RoomId(1), null, []));
        ring.Add(Connected(2));

        ring.Add(Connected(3));
        ring.Add(Connected(4));

        Assert.Equal(2, _drops[DropReason.EventOverflow]);
        for (int i = 1; i <= 3; i++)
        {
            Assert.True(ring.TryTake(out ShardEvent? taken));
            Assert.Equal(Connected(i), taken);
        }

        Assert.False(ring.TryTake(out _));
    }

    private static TransportConnected Connected(long transport) => new(new RoomId(1), new TransportId(transport));
}
