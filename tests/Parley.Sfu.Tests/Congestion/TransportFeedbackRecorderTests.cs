using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Congestion;

namespace Parley.Sfu.Tests.Congestion;

public sealed class TransportFeedbackRecorderTests
{
    private readonly TransportFeedbackRecorder _recorder = new(64);

    private static MonotonicTime At(long milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    private void Receive(long milliseconds, params int[] sequences)
    {
        foreach (int sequence in sequences)
            _recorder.OnReceived((ushort)sequence, At(milliseconds));
    }

    // The sequence numbers of the next batch as they go on the wire; a lost one negative.
    private int[] Take(long milliseconds)
    {
        if (!_recorder.TryTake(At(milliseconds), out FeedbackBatch batch))
            return [];
        int[] told = new int[batch.Count];
        for (int i = 0; i < told.Length; i++)
            told[i] = batch.TryGetArrival(i, out _) ? (ushort)(batch.BaseSequence + i) : -(ushort)(batch.BaseSequence + i);
        return told;
    }

    [Fact]
    public void It_tells_what_came_and_what_did_not()
    {
        Receive(1_000, 10, 11, 14);
        Assert.Equal([10, 11, -12, -13, 14], Take(1_000));
        Assert.Empty(Take(5_000));
        Assert.Equal(MonotonicTime.Never, _recorder.NextDeadline);
    }

    [Theory]
    [InlineData(50_000, 100)]
    [InlineData(150_000, 72)]
    [InlineData(5_000_000, 50)]
    public void Feedback_keeps_its_distance_by_bitrate(long bitrate, int milliseconds)
    {
        _recorder.SetBitrate(bitrate);
        Receive(1_000, 10);
        Assert.NotEmpty(Take(1_000));
        Receive(1_001, 11);
        Assert.Equal(milliseconds, (_recorder.NextDeadline - At(1_000)).Milliseconds);
        Assert.Empty(Take(1_000 + milliseconds - 1));
        Assert.Equal([11], Take(1_000 + milliseconds + 1));
    }

    [Fact]
    public void Loss_over_a_batch_border_is_told_in_the_next()
    {
        Receive(1_000, 10);
        Take(1_000);
        Receive(1_100, 13);
        Assert.Equal([-11, -12, 13], Take(1_200));
    }

    [Fact]
    public void A_late_packet_is_told_again_from_there_on()
    {
        Receive(1_000, 10, 12, 13);
        Take(1_000);
        Receive(1_050, 11, 14);
        Assert.Equal([11, 12, 13, 14], Take(1_200));
    }

    [Fact]
    public void A_very_late_packet_or_a_duplicate_is_not()
    {
        Receive(1_000, 10, 12);
        Take(1_000);
        Receive(1_501, 11);
        Receive(1_501, 12);
        Assert.Equal(MonotonicTime.Never, _recorder.NextDeadline);
    }

    [Fact]
    public void The_number_wraps()
    {
        Receive(1_000, 65_534, 65_535, 1);
        Assert.Equal([65_534, 65_535, 0, 1], Take(1_000).Select(Math.Abs));
    }

    [Fact]
    public void A_jump_over_the_ring_starts_anew()
    {
        Receive(1_000, 10);
        Receive(1_001, 10 + 64);
        Assert.Equal([74], Take(1_001));
        Receive(1_002, 20);
        int[] late = Take(1_200);
        Assert.Equal((20, 74, 55), (late[0], late[^1], late.Length));
        Receive(1_300, 77);
        Assert.Equal([-75, -76, 77], Take(1_400));
    }

    [Fact]
    public void Arrivals_too_far_apart_for_a_delta_are_split()
    {
        Receive(1_000, 10);
        Receive(9_200, 11, 12);
        Assert.Equal([10], Take(9_200));
        Assert.Equal([11, 12], Take(9_200));
        Assert.Empty(Take(9_200));
    }

    [Fact]
    public void Many_are_split_and_the_count_goes_on()
    {
        var recorder = new TransportFeedbackRecorder(1024);
        for (int i = 0; i < 900; i++)
            recorder.OnReceived((ushort)i, At(1_000));
        int[] sizes = new int[4];
        for (int i = 0; recorder.TryTake(At(1_000), out FeedbackBatch batch); i++)
        {
            Assert.Equal(i, batch.FeedbackCount);
            sizes[i] = batch.Count;
        }

        Assert.Equal([400, 400, 100, 0], sizes);
        Assert.True(recorder.NextDeadline > At(1_000));
    }

    [Fact]
    public void Every_packet_is_told_with_its_arrival() =>
        Gen.Select(Gen.Int[-5, 12], Gen.Int[0, 30]).Array[1, 200].Sample(steps =>
        {
            var recorder = new TransportFeedbackRecorder(64);
            var arrivals = new Dictionary<long, MonotonicTime>();
            var told = new HashSet<long>();
            MonotonicTime now = At(1_000);
            long highest = 0x10000 + 65_500;
            foreach ((int distance, int wait) in steps)
            {
                now += TimeSpan.FromMilliseconds(wait);
                long number = Math.Max(0x10000 + 65_500, highest + distance);
                highest = Math.Max(highest, number);
                recorder.OnReceived((ushort)number, now);
                arrivals.TryAdd(number, now);
                if (wait < 25)
                    continue;
                while (recorder.TryTake(now, out FeedbackBatch batch))
                {
                    Assert.True(batch.TryGetArrival(batch.Count - 1, out _));
                    for (int i = 0; i < batch.Count; i++)
                    {
                        if (!batch.TryGetArrival(i, out MonotonicTime arrival))
                            continue;
                        Assert.Equal(arrivals[batch.BaseSequence + i], arrival);
                        told.Add(batch.BaseSequence + i);
                    }
                }
            }

            while (recorder.TryTake(now + TimeSpan.FromSeconds(1), out FeedbackBatch batch))
            {
                for (int i = 0; i < batch.Count; i++)
                    _ = batch.TryGetArrival(i, out _) && told.Add(batch.BaseSequence + i);
            }

            Assert.True(arrivals.Keys.Where(number => number > highest - 10).All(told.Contains));
        }, iter: 1_000);
}
