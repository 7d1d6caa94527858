using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class RetransmissionCacheTests
{
    private readonly PacketPool _pool = new(64);
    private readonly RetransmissionCache _cache;

    public RetransmissionCacheTests() => _cache = new RetransmissionCache(_pool, 8, TimeSpan.FromMilliseconds(100));

    private bool Add(long sequence, int milliseconds = 0)
    {
        int slot = _pool.TryRent();
        bool added = _cache.TryAdd(new CachedPacket(sequence, sequence * 3_000, MonotonicTime.FromMilliseconds(milliseconds), slot, 20, 900, Marker: true));
        _pool.Release(slot);
        return added;
    }

    private int Held => _pool.Capacity - _pool.Available;

    [Fact]
    public void A_packet_is_found_with_its_buffer()
    {
        Assert.True(Add(100, 7));
        Assert.True(_cache.TryGet(100, out CachedPacket packet));
        Assert.Equal(new CachedPacket(100, 300_000, MonotonicTime.FromMilliseconds(7), packet.Slot, 20, 900, Marker: true), packet);
        Assert.False(_cache.TryGet(101, out _));
        Assert.False(_cache.TryGet(0, out _));
        Assert.Equal(1, Held);
    }

    [Fact]
    public void A_duplicate_is_refused_without_a_reference()
    {
        Add(100);
        Assert.False(Add(100));
        Assert.Equal(1, Held);
    }

    [Fact]
    public void Count_bounds_it_oldest_first()
    {
        for (int i = 0; i < 20; i++)
            Add(100 + i);
        Assert.Equal(8, _cache.Count);
        Assert.Equal(8, Held);
        Assert.False(_cache.TryGet(111, out _));
        Assert.True(_cache.TryGet(112, out _));
    }

    [Fact]
    public void A_packet_older_than_it_reaches_is_refused()
    {
        Add(120);
        Assert.False(Add(112));
        Assert.True(Add(113));
        Assert.Equal(2, Held);
    }

    [Fact]
    public void A_jump_lets_go_of_all_before()
    {
        Add(100);
        Add(101);
        Add(30_000);
        Assert.Equal(1, _cache.Count);
        Assert.Equal(1, Held);
    }

    [Fact]
    public void Age_bounds_it()
    {
        Add(100, 0);
        Add(102, 50);
        _cache.Expire(MonotonicTime.FromMilliseconds(101));
        Assert.False(_cache.TryGet(100, out _));
        Assert.True(_cache.TryGet(102, out _));
        _cache.Expire(MonotonicTime.FromMilliseconds(151));
        Assert.Equal(0, Held);
    }

    [Fact]
    public void The_oldest_leaves_when_buffers_are_short()
    {
        Add(100);
        Add(103);
        Assert.True(_cache.TryRemoveOldest());
        Assert.False(_cache.TryGet(100, out _));
        Assert.True(_cache.TryRemoveOldest());
        Assert.False(_cache.TryRemoveOldest());
        Assert.Equal(0, Held);
    }

    [Fact]
    public void Clear_releases_everything_and_starts_anew()
    {
        Add(100);
        Add(105);
        _cache.Clear();
        Assert.Equal(0, Held);
        Assert.True(Add(3));
    }

    [Fact]
    public void A_capacity_is_a_power_of_two() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetransmissionCache(_pool, 12, TimeSpan.FromSeconds(1)));

    [Fact]
    public void It_holds_what_a_plain_dictionary_would() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[-12, 14], Gen.Int[0, 40]).Array[0, 120].Sample(steps =>
        {
            var pool = new PacketPool(32);
            var cache = new RetransmissionCache(pool, 8, TimeSpan.FromMilliseconds(100));
            var model = new SortedDictionary<long, MonotonicTime>();
            long highest = 0;
            MonotonicTime now = MonotonicTime.Zero;
            foreach ((int kind, int distance, int wait) in steps)
            {
                now += TimeSpan.FromMilliseconds(wait);
                if (kind == 0)
                {
                    cache.Expire(now);
                    while (model.Count > 0 && now - model.First().Value > TimeSpan.FromMilliseconds(100))
                        model.Remove(model.First().Key);
                }
                else
                {
                    long sequence = Math.Max(1, (highest == 0 ? 1_000 : highest) + distance);
                    int slot = pool.TryRent();
                    bool added = cache.TryAdd(new CachedPacket(sequence, 0, now, slot, 12, 100, false));
                    pool.Release(slot);
                    Assert.Equal(sequence > highest - 8 && model.TryAdd(sequence, now), added);
                    highest = Math.Max(highest, sequence);
                    foreach (long old in model.Keys.Where(key => key <= highest - 8).ToList())
                        model.Remove(old);
                }

                Assert.Equal(model.Count, cache.Count);
                Assert.Equal(model.Count, pool.Capacity - pool.Available);
                Assert.All(model.Keys, key => Assert.True(cache.TryGet(key, out _)));
            }

            cache.Clear();
            Assert.Equal(pool.Capacity, pool.Available);
        }, iter: 2_000);
}
