using Parley.Rtc.Primitives;
using Parley.Sfu.Speakers;

namespace Parley.Sfu.Tests.Speakers;

public sealed class DominantSpeakerTests
{
    private readonly DominantSpeaker _dominant = new(4);
    private int _now = 10_000;

    public DominantSpeakerTests()
    {
        for (int i = 0; i < 3; i++)
            Assert.Equal(i, _dominant.Add());
        Assert.Equal(3, _dominant.Add());
        Assert.Equal(DominantSpeaker.None, _dominant.Add());
        _dominant.Remove(3);
    }

    private MonotonicTime Now => MonotonicTime.FromMilliseconds(_now);

    // How often the dominant speaker changed while the given ones spoke over a murmur of -75 dBov.
    private int Speak(int milliseconds, params int[] speakers)
    {
        int changes = 0;
        for (int end = _now + milliseconds; _now < end;)
        {
            _now += 20;
            for (int handle = 0; handle < 3; handle++)
                _dominant.OnLevel(handle, speakers.Contains(handle) ? 30 : 75, Now);
            changes += _dominant.Update(Now) ? 1 : 0;
        }

        return changes;
    }

    [Fact]
    public void Nobody_dominates_silence()
    {
        Assert.Equal(0, Speak(5_000));
        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
    }

    [Fact]
    public void The_first_speaker_is_chosen_promptly()
    {
        Speak(1_000);
        Speak(100, 1);
        Assert.Equal(1, _dominant.Dominant);
    }

    [Fact]
    public void Silence_keeps_the_last_speaker()
    {
        Speak(1_000, 1);
        Assert.Equal(0, Speak(10_000));
        _now += 5_000;
        _dominant.Update(Now);
        Assert.Equal(1, _dominant.Dominant);
    }

    [Fact]
    public void A_cough_changes_nothing()
    {
        Speak(3_000, 0);
        Speak(200, 0, 2);
        Speak(1_000, 0);
        Assert.Equal(0, _dominant.Dominant);
    }

    [Fact]
    public void A_yes_in_a_pause_changes_nothing()
    {
        Speak(3_000, 0);
        for (int phase = 0; phase < 15; phase++)
        {
            Assert.Equal(0, Speak(240, 2));
            Assert.Equal(0, Speak(1_080, 0));
        }
    }

    [Fact]
    public void A_new_speaker_takes_over_within_a_second_and_a_half()
    {
        Speak(5_000, 0);
        Assert.Equal(1, Speak(1_500, 2));
        Assert.Equal(2, _dominant.Dominant);
    }

    [Fact]
    public void Two_at_once_do_not_flicker()
    {
        Speak(2_000, 0);
        Assert.Equal(0, Speak(10_000, 0, 1));
    }

    [Fact]
    public void The_muted_and_the_removed_are_not_dominant()
    {
        Speak(1_000, 0);
        _dominant.SetMuted(0, true);
        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
        Speak(1_000, 0);
        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
        Speak(200, 1);
        Assert.Equal(1, _dominant.Dominant);
        _dominant.Remove(1);
        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
        Speak(1_000, 1);
        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
    }

    [Fact]
    public void Steady_noise_is_not_speech()
    {
        for (int i = 0; i < 3_000; i++)
        {
            _now += 20;
            _dominant.OnLevel(0, 66, Now);
            _dominant.Update(Now);
        }

        Assert.Equal(DominantSpeaker.None, _dominant.Dominant);
    }
}
