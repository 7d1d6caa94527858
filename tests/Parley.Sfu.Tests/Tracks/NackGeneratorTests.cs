using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class NackGeneratorTests
{
    private readonly NackGenerator _nacks = new();
    private readonly long[] _buffer = new long[2_000];

    private static MonotonicTime At(int milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    private long[] Due(int milliseconds) => _buffer[.._nacks.TakeDue(At(milliseconds), _buffer)];

    private void Receive(int milliseconds, params long[] sequences)
    {
        foreach (long sequence in sequences)
            _nacks.OnReceived(sequence, At(milliseconds));
    }

    [Fact]
    public void Nothing_is_missing_in_order()
    {
        Receive(0, 100, 101, 102);
        Assert.Equal(MonotonicTime.Never, _nacks.NextDeadline);
        Assert.Empty(Due(1_000));
    }

    [Fact]
    public void A_gap_waits_for_reordering()
    {
        Receive(0, 100, 103);
        Assert.Empty(Due(0));
        Assert.Equal(At(20), _nacks.NextDeadline);
        Assert.Equal([101, 102], Due(20));
    }

    [Fact]
    public void Three_numbers_later_is_lost_at_once()
    {
        Receive(0, 100, 102);
        Receive(5, 103);
        Assert.Empty(Due(5));
        Receive(6, 104);
        Assert.Equal(At(6), _nacks.NextDeadline);
        Assert.Equal([101], Due(6));
    }

    [Fact]
    public void What_arrives_is_not_asked_for()
    {
        Receive(0, 100, 103);
        Assert.True(_nacks.OnReceived(101, At(1)));
        Assert.False(_nacks.OnReceived(101, At(1)));
        Assert.Equal([102], Due(30));
        Assert.True(_nacks.OnReceived(102, At(40)));
        Assert.Empty(Due(1_000));
        Assert.Equal(MonotonicTime.Never, _nacks.NextDeadline);
    }

    [Fact]
    public void It_is_asked_for_once_a_round_trip()
    {
        _nacks.SetRoundTrip(TimeSpan.FromMilliseconds(70));
        Receive(0, 100, 110, 111, 112);
        Assert.Equal(9, Due(1).Length);
        Assert.Empty(Due(70));
        Assert.Equal(At(71), _nacks.NextDeadline);
        Assert.Equal(9, Due(71).Length);
    }

    [Fact]
    public void The_shortest_round_trip_does_not_flood()
    {
        _nacks.SetRoundTrip(TimeSpan.Zero);
        Receive(0, 100, 105, 106, 107);
        Due(1);
        Assert.Equal(At(21), _nacks.NextDeadline);
    }

    [Fact]
    public void After_ten_tries_a_key_frame_is_wanted()
    {
        _nacks.SetRoundTrip(TimeSpan.FromMilliseconds(50));
        Receive(0, 100, 105, 106, 107);
        int asked = 0;
        while (_nacks.NextDeadline != MonotonicTime.Never)
        {
            Assert.False(_nacks.TakeKeyFrameWanted());
            asked += _nacks.TakeDue(_nacks.NextDeadline, _buffer);
        }

        Assert.Equal(4 * NackGenerator.MaximumTries, asked);
        Assert.True(_nacks.TakeKeyFrameWanted());
        Assert.False(_nacks.TakeKeyFrameWanted());
    }

    [Fact]
    public void After_three_seconds_a_key_frame_is_wanted()
    {
        _nacks.SetRoundTrip(TimeSpan.FromSeconds(2));
        Receive(0, 100, 105);
        Assert.Equal(4, Due(20).Length);
        Assert.Equal(4, Due(2_020).Length);
        Assert.Empty(Due(4_020));
        Assert.Equal(0, _nacks.MissingCount);
        Assert.True(_nacks.TakeKeyFrameWanted());
    }

    [Fact]
    public void A_gap_over_the_bound_empties_the_list()
    {
        Receive(0, 100, 102, 102 + NackGenerator.DefaultCapacity);
        Assert.Equal(NackGenerator.DefaultCapacity, _nacks.MissingCount);
        Receive(0, 2_000 + NackGenerator.DefaultCapacity);
        Assert.Equal(0, _nacks.MissingCount);
        Assert.True(_nacks.TakeKeyFrameWanted());
        Assert.Equal(MonotonicTime.Never, _nacks.NextDeadline);
        Receive(0, 2_002 + NackGenerator.DefaultCapacity);
        Assert.Equal([2_001 + NackGenerator.DefaultCapacity], Due(20));
    }

    [Fact]
    public void A_short_span_is_filled_again()
    {
        Receive(0, 100, 110);
        Span<long> three = stackalloc long[3];
        Assert.Equal(3, _nacks.TakeDue(At(20), three));
        Assert.Equal(101, three[0]);
        Assert.True(_nacks.NextDeadline <= At(20));
        Assert.Equal(3, _nacks.TakeDue(At(20), three));
        Assert.Equal(3, _nacks.TakeDue(At(20), three));
        Assert.Equal(0, _nacks.TakeDue(At(20), three));
        Assert.True(_nacks.NextDeadline > At(20));
    }

    [Fact]
    public void Reset_forgets()
    {
        Receive(0, 100, 105);
        _nacks.Reset();
        Receive(0, 7);
        Assert.Empty(Due(1_000));
    }

    [Theory]
    [InlineData(CodecKind.Vp8, false, true)]
    [InlineData(CodecKind.Opus, false, false)]
    [InlineData(CodecKind.Red, false, false)]
    [InlineData(CodecKind.Opus, true, true)]
    [InlineData(CodecKind.Unknown, true, false)]
    public void Audio_is_asked_for_on_request_only(CodecKind codec, bool includeAudio, bool covers) =>
        Assert.Equal(covers, NackGenerator.Covers(codec, includeAudio));
}
