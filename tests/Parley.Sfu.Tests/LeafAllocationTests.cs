using Parley.Rtc.Primitives;
using Parley.Sfu.Congestion;
using Parley.Sfu.KeyFrames;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Speakers;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests;

/// <summary>What a packet passes on its way allocates nothing once it is made.</summary>
public sealed class LeafAllocationTests
{
    private readonly PacketPool _pool = new(1_100);
    private readonly SequenceMunger _sequences = new(7);
    private readonly TimestampMunger _timestamps = new(90_000, 7);
    private readonly CodecIdMunger _codecIds = new();
    private readonly LayerSelector _selector = new();
    private readonly SendJournal _journal = new(512);
    private readonly NackGenerator _nacks = new();
    private readonly ReceiveStatistics _statistics = new(90_000);
    private readonly BitrateMeter _bitrate = new();
    private readonly LayerLiveness _liveness = new();
    private readonly KeyFrameRequester _keyFrames = new();
    private readonly TransportFeedbackRecorder _feedback = new();
    private readonly LoudestSelector _loudest = new(8, 3);
    private readonly DominantSpeaker _dominant = new(8);
    private readonly RetransmissionCache _cache;
    private readonly long[] _due = new long[64];

    public LeafAllocationTests()
    {
        _cache = new RetransmissionCache(_pool, 512, RetransmissionCache.DefaultMaximumAge);
        for (int i = 0; i < 6; i++)
        {
            _loudest.Add(MonotonicTime.Zero);
            _dominant.Add();
        }

        _selector.SetLive(0, true);
        _selector.SetTarget(0, temporalLayer: 0);
    }

    [Fact]
    public void A_hundred_thousand_packets_allocate_nothing()
    {
        Run(1, 1_000);
        int next = 1_001;
        long sent = 0;
        long allocated = Allocations.Of(() =>
        {
            sent = Run(next, 100_000);
            next += 100_000;
        });
        Assert.Equal(0, allocated);
        Assert.InRange(sent, 40_000, 60_000);
    }

    private long Run(int first, int count)
    {
        long sent = 0;
        for (int i = first; i < first + count; i++)
        {
            MonotonicTime now = MonotonicTime.FromMilliseconds(i * 5L);
            if (i % 50 == 7)
                continue;
            Receive(i, now);
            sent += Forward(i, now) ? 1 : 0;
            Tick(now);
        }

        return sent;
    }

    private void Receive(int i, MonotonicTime now)
    {
        int slot = _pool.TryRent();
        Assert.True(_cache.TryAdd(new CachedPacket(0x10000 + i, i * 450L, now, slot, 20, 1_000, true)));
        _pool.Release(slot);
        _cache.Expire(now);
        _nacks.OnReceived(0x10000 + i, now);
        _statistics.OnReceived(0x10000 + i, i * 450L, now);
        _bitrate.Add(1_000, now);
        _liveness.OnPacket(true, now);
        _feedback.OnReceived((ushort)i, now);
        _loudest.OnLevel(i % 6, i % 127, now);
        _dominant.OnLevel(i % 6, i % 127, now);
    }

    private bool Forward(int i, MonotonicTime now)
    {
        var packet = new LayerPacket(0, true, true, IsKeyFrame: i == 1, TemporalId: i % 2 == 1 ? 0 : 1);
        var ids = new CodecIds((short)(i & 0x7FFF), true, (short)(i & 255), 0);
        switch (_selector.Decide(packet))
        {
            case LayerDecision.SwitchAndForward:
                return Send(packet, _sequences.ReserveSwitch(i), _timestamps.ReserveSwitch(i, null, now), _codecIds.ReserveSwitch(ids), now);
            case LayerDecision.Forward:
                Assert.True(_sequences.TryReserve(i, out SequenceReservation sequence) & _codecIds.TryReserve(ids, out CodecIdReservation codecIds));
                return Send(packet, sequence, _timestamps.Reserve(i * 450L), codecIds, now);
            default:
                _sequences.Drop(i);
                _codecIds.Drop(ids);
                return false;
        }
    }

    private bool Send(LayerPacket packet, SequenceReservation sequence, TimestampReservation timestamp, CodecIdReservation codecIds, MonotonicTime now)
    {
        _journal.Record(new SentPacket(sequence.Outgoing, sequence.Source, (int)timestamp.Offset, 0, codecIds.Outgoing), now);
        _sequences.Commit(sequence);
        _timestamps.Commit(timestamp, now);
        _codecIds.Commit(codecIds);
        _selector.Commit(packet);
        _journal.TryResend(sequence.Outgoing - 20, TimeSpan.FromMilliseconds(50), now, out _, out _);
        return true;
    }

    private void Tick(MonotonicTime now)
    {
        _nacks.TakeDue(now, _due);
        _keyFrames.Request(1, now);
        if (_keyFrames.TakeDue(now))
            _keyFrames.OnKeyFrameStart(now);
        while (_feedback.TryTake(now, out FeedbackBatch batch))
            Assert.True(batch.TryGetArrival(batch.Count - 1, out _));
        _dominant.Update(now);
    }
}
