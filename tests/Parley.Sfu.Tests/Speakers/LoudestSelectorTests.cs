using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Speakers;

namespace Parley.Sfu.Tests.Speakers;

public sealed class LoudestSelectorTests
{
    private const int Loud = 25;
    private const int Quiet = 120;
    private readonly LoudestSelector _selector = new(10, 3);
    private int _now = 10_000;

    private MonotonicTime Now => MonotonicTime.FromMilliseconds(_now);

    private int[] AddMany(int count) => [.. Enumerable.Range(0, count).Select(_ => _selector.Add(Now))];

    private void Speak(int milliseconds, params int[] speakers)
    {
        for (int end = _now + milliseconds; _now < end;)
        {
            _now += 20;
            for (int handle = 0; handle < 6; handle++)
                _selector.OnLevel(handle, speakers.Contains(handle) ? Loud : Quiet, Now);
        }
    }

    private bool Hears(int handle) => _selector.Places.Contains(handle);

    [Fact]
    public void Free_places_go_to_anyone()
    {
        AddMany(2);
        Assert.Equal([0, 1, -1], _selector.Places.ToArray());
    }

    [Fact]
    public void A_new_voice_is_heard_within_300_ms()
    {
        AddMany(6);
        Speak(5_000, 0, 1, 2);
        Assert.False(Hears(5));
        Speak(300, 0, 1, 5);
        Assert.True(Hears(5) && Hears(0) && Hears(1));
    }

    [Fact]
    public void A_new_voice_in_silence_is_heard_at_once()
    {
        AddMany(6);
        Speak(1_000);
        Speak(80, 4);
        Assert.True(Hears(4));
    }

    [Fact]
    public void Occupants_that_stay_keep_their_place()
    {
        AddMany(6);
        Speak(1_000, 0, 2);
        Speak(500, 0, 2, 4);
        Assert.Equal([0, 4, 2], _selector.Places.ToArray());
    }

    [Fact]
    public void Equal_voices_do_not_push_each_other_out()
    {
        AddMany(6);
        Speak(1_000, 0, 1, 2);
        Speak(5_000, 0, 1, 2, 3, 4);
        Assert.Equal([0, 1, 2], _selector.Places.ToArray());
    }

    [Fact]
    public void The_muted_and_the_removed_leave_no_trace()
    {
        AddMany(6);
        Speak(500, 4);
        Assert.True(_selector.SetMuted(4, true, Now));
        Assert.False(Hears(4));
        Speak(500, 4);
        Assert.False(Hears(4));
        int first = _selector.Places[0];
        Assert.True(_selector.Remove(first, Now));
        Assert.False(Hears(first));
        Assert.DoesNotContain(-1, _selector.Places.ToArray());
        Assert.False(_selector.Remove(first, Now));
    }

    [Fact]
    public void An_unmuted_one_takes_a_free_place()
    {
        AddMany(2);
        _selector.SetMuted(1, true, Now);
        Assert.Equal([0, -1, -1], _selector.Places.ToArray());
        Assert.True(_selector.SetMuted(1, false, Now));
        Assert.Equal([0, 1, -1], _selector.Places.ToArray());
    }

    [Fact]
    public void It_is_bounded()
    {
        AddMany(10);
        Assert.Equal(LoudestSelector.None, _selector.Add(Now));
        _selector.Remove(7, Now);
        Assert.Equal(7, _selector.Add(Now));
    }

    [Fact]
    public void Places_hold_distinct_unmuted_members_and_none_is_free_while_someone_waits() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[0, 127]).Array[0, 200].Sample(steps =>
        {
            var selector = new LoudestSelector(6, 3);
            var members = new Dictionary<int, bool>();
            MonotonicTime now = MonotonicTime.FromMilliseconds(10_000);
            foreach ((int kind, int handle, int value) in steps)
            {
                now += TimeSpan.FromMilliseconds(10);
                if (kind == 0 && selector.Add(now) is var added and >= 0)
                    members.Add(added, true);
                else if (kind == 1 && members.Remove(handle))
                    selector.Remove(handle, now);
                else if (kind == 2 && members.ContainsKey(handle))
                    selector.SetMuted(handle, !(members[handle] = value < 64), now);
                else
                    selector.OnLevel(handle, value, now);
                int[] placed = [.. selector.Places.ToArray().Where(place => place >= 0)];
                Assert.Equal(placed.Length, placed.Distinct().Count());
                Assert.All(placed, place => Assert.True(members[place]));
                Assert.Equal(Math.Min(3, members.Values.Count(open => open)), placed.Length);
            }
        }, iter: 1_000);
}
