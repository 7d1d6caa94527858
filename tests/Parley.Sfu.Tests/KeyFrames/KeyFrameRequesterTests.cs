using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.KeyFrames;

namespace Parley.Sfu.Tests.KeyFrames;

public sealed class KeyFrameRequesterTests
{
    private readonly KeyFrameRequester _requester = new();

    private static MonotonicTime At(int milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    private void KeyFrame(int milliseconds, int bytes)
    {
        _requester.OnKeyFrameStart(At(milliseconds));
        _requester.OnKeyFrameBytes(bytes, At(milliseconds));
    }

    [Fact]
    public void The_first_request_goes_out_at_once()
    {
        Assert.False(_requester.TakeDue(At(0)));
        Assert.True(_requester.Request(1, At(1_000)));
        Assert.True(_requester.TakeDue(At(1_000)));
        Assert.False(_requester.TakeDue(At(1_000)));
    }

    [Fact]
    public void Requests_of_many_are_one()
    {
        for (int i = 1; i <= 50; i++)
            Assert.True(_requester.Request(i, At(1_000)));
        Assert.True(_requester.TakeDue(At(1_000)));
        for (int i = 1; i <= 50; i++)
            Assert.True(_requester.Request(i, At(1_050)));
        Assert.False(_requester.TakeDue(At(1_050)));
    }

    [Theory]
    [InlineData(20, 200)]
    [InlineData(190, 200)]
    [InlineData(300, 310)]
    public void It_is_repeated_until_a_key_frame_begins(int roundTrip, int retry)
    {
        _requester.SetRoundTrip(TimeSpan.FromMilliseconds(roundTrip));
        _requester.Request(1, At(1_000));
        Assert.True(_requester.TakeDue(At(1_000)));
        Assert.False(_requester.TakeDue(At(1_000 + retry - 1)));
        Assert.True(_requester.TakeDue(At(1_000 + retry)));
        _requester.OnKeyFrameStart(At(1_000 + retry + 5));
        Assert.False(_requester.IsPending);
        Assert.Equal(MonotonicTime.Never, _requester.NextDeadline);
    }

    [Fact]
    public void A_publisher_that_never_answers_is_asked_ever_slower()
    {
        _requester.SetRoundTrip(TimeSpan.Zero);
        _requester.Request(1, At(1_000));
        int asked = 0;
        while (_requester.NextDeadline <= At(61_000))
        {
            MonotonicTime now = _requester.NextDeadline;
            Assert.True(_requester.TakeDue(now));
            Assert.True(_requester.NextDeadline > now);
            asked++;
        }

        Assert.InRange(asked, 35, 50);
    }

    [Fact]
    public void A_key_frame_that_comes_while_waiting_satisfies()
    {
        KeyFrame(1_000, 1_000);
        _requester.Request(1, At(1_100));
        Assert.Equal(At(1_300), _requester.NextDeadline);
        _requester.OnKeyFrameStart(At(1_200));
        Assert.False(_requester.IsPending);
    }

    [Fact]
    public void A_request_soon_after_a_key_frame_waits()
    {
        KeyFrame(1_000, 1_000);
        Assert.True(_requester.Request(1, At(1_100)));
        Assert.False(_requester.TakeDue(At(1_299)));
        Assert.True(_requester.TakeDue(At(1_300)));
    }

    [Fact]
    public void One_requester_has_a_say_twice_a_second()
    {
        _requester.Request(7, At(1_000));
        _requester.OnKeyFrameStart(At(1_010));
        Assert.False(_requester.Request(7, At(1_499)));
        Assert.True(_requester.Request(8, At(1_499)));
        _requester.OnKeyFrameStart(At(1_499));
        Assert.True(_requester.Request(7, At(1_500)));
    }

    [Fact]
    public void Muted_or_dead_drops_and_refuses()
    {
        _requester.Request(1, At(1_000));
        _requester.SetOff(true);
        Assert.False(_requester.IsPending);
        Assert.False(_requester.Request(2, At(1_000)));
        _requester.SetOff(false);
        Assert.True(_requester.Request(2, At(1_000)));
    }

    [Fact]
    public void A_storm_of_requests_costs_a_fifth_of_the_bitrate()
    {
        // jvb #2448: 60 kB each, 1.2 Mbit/s; here 1,000 viewers ask without end for a minute.
        _requester.SetBitrate(1_200_000, At(0));
        long bytes = 0;
        for (int now = 0; now < 60_000; now += 10)
        {
            _requester.Request((now % 1_000) + 1, At(now));
            if (!_requester.TakeDue(At(now)))
                continue;
            KeyFrame(now, 60_000);
            bytes += 60_000;
        }

        Assert.InRange(bytes, 24 * 60_000, (30_000 * 60) + (4 * 60_000));
    }

    [Fact]
    public void The_budget_never_delays_for_ever()
    {
        for (int i = 0; i < 20; i++)
            KeyFrame(1_000 + i, 1_000_000);
        _requester.Request(1, At(2_000));
        Assert.True(_requester.NextDeadline <= At(2_000) + KeyFrameRequester.MaximumBudgetDelay);
    }

    [Fact]
    public void The_deadline_always_moves_on_and_requests_keep_their_distance() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 120], Gen.Long[1, 5]).Array[0, 200].Sample(steps =>
        {
            var requester = new KeyFrameRequester();
            requester.SetRoundTrip(TimeSpan.Zero);
            MonotonicTime now = At(1_000);
            MonotonicTime asked = MonotonicTime.Zero;
            MonotonicTime keyFrame = MonotonicTime.Zero;
            foreach ((int kind, int wait, long who) in steps)
            {
                now += TimeSpan.FromMilliseconds(wait);
                if (kind == 0)
                {
                    requester.OnKeyFrameStart(now);
                    requester.OnKeyFrameBytes(20_000, now);
                    keyFrame = now;
                }
                else if (kind == 1)
                {
                    requester.Request(who, now);
                }

                if (!requester.TakeDue(now))
                    continue;
                Assert.True(requester.NextDeadline > now);
                Assert.True(now - asked >= KeyFrameRequester.MinimumRetry || keyFrame > asked);
                Assert.True(keyFrame == MonotonicTime.Zero || now - keyFrame >= KeyFrameRequester.MinimumInterval);
                asked = now;
            }
        }, iter: 2_000);
}
