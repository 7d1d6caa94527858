using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Timing;

namespace Parley.Sfu.Tests.Timing;

public sealed class DeadlineHeapTests
{
    [Fact]
    public void The_earliest_of_all_that_were_set_moved_or_taken_out_comes_first()
    {
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[1, 1000]).Array[0, 300].Sample(steps =>
        {
            var heap = new DeadlineHeap<string>();
            Deadline<string>[] deadlines = [.. Enumerable.Range(0, 31).Select(i => new Deadline<string>($"{i}"))];
            long[] model = [.. Enumerable.Repeat(long.MaxValue, 31)];
            foreach ((int step, int which, int at) in steps)
            {
                var time = step == 0 ? MonotonicTime.Never : MonotonicTime.FromMilliseconds(at);
                if (step == 2)
                {
                    heap.Advance(deadlines[which], time);
                    model[which] = Math.Min(model[which], time.Ticks);
                }
                else
                {
                    heap.Set(deadlines[which], time);
                    model[which] = time.Ticks;
                }

                Assert.Equal(model.Min(), heap.Earliest.Ticks);
            }

            MonotonicTime end = MonotonicTime.FromMilliseconds(1000);
            while (heap.TryTakeDue(end, out string? owner))
            {
                int index = int.Parse(owner, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(model.Min(), model[index]);
                model[index] = long.MaxValue;
            }

            Assert.All(model, ticks => Assert.Equal(long.MaxValue, ticks));
        });
    }

    [Fact]
    public void Nothing_is_due_before_its_time()
    {
        var heap = new DeadlineHeap<string>();
        var deadline = new Deadline<string>("one");
        heap.Set(deadline, MonotonicTime.FromMilliseconds(10));

        Assert.False(heap.TryTakeDue(MonotonicTime.FromMilliseconds(9), out _));
        Assert.True(heap.TryTakeDue(MonotonicTime.FromMilliseconds(10), out _));
        Assert.Equal(MonotonicTime.Never, deadline.At);
    }
}
