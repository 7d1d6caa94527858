using System.Numerics;
using Parley.Rtc.Primitives;

namespace Parley.Sfu.Speakers;

/// <summary>
/// One microphone's speech in three windows, after "Dominant Speaker Identification for Multipoint Videoconferencing" (Volfin and Cohen, 2012): the frame of 20 ms now,
/// the last 5 frames, and the last 10 groups of 5. What counts as speech is measured from the microphone's own noise floor.
/// </summary>
internal struct SpeechActivity
{
    /// <summary>Steps of loudness in the immediate window.</summary>
    public const int ImmediateSteps = 13;

    /// <summary>Frames in the medium window.</summary>
    public const int MediumFrames = 5;

    /// <summary>Medium windows in the long one: a second.</summary>
    public const int LongGroups = 10;

    private const long FrameTicks = 20 * TimeSpan.TicksPerMillisecond;
    private const int StepDecibels = 3;
    private const int SpeechSteps = 5;
    private const int SpeechFramesInGroup = 3;
    private const int LowestSpeech = LevelMeter.Maximum - 65;
    private const int FirstFloor = LevelMeter.Maximum - 87;
    private const int HighestFloor = LevelMeter.Maximum - 57;
    private const int FloorRiseFrames = 25;

    // A packet of up to 60 ms speaks for its frames; a longer silence is silence.
    private const long SpokenForFrames = 3;

    private long _frame;
    private ulong _speech;
    private int _immediate;
    private int _floorRaw;
    private int _sinceRise;

    /// <summary>Steps above the noise floor in the latest frame, 0 to 13.</summary>
    public readonly int Immediate => _immediate;

    /// <summary>Frames with speech among the last 5.</summary>
    public readonly int Medium => BitOperations.PopCount(_speech & 31);

    /// <summary>Groups with speech among the last 10.</summary>
    public readonly int Long
    {
        get
        {
            int groups = 0;
            for (int group = 0; group < LongGroups; group++)
            {
                if (BitOperations.PopCount((_speech >> (group * MediumFrames)) & 31) >= SpeechFramesInGroup)
                    groups++;
            }

            return groups;
        }
    }

    private int Floor
    {
        readonly get => _floorRaw + FirstFloor;
        set => _floorRaw = value - FirstFloor;
    }

    /// <summary>Takes a level as on the wire: 0 the loudest, 127 silence.</summary>
    public void OnLevel(int level, MonotonicTime now)
    {
        int loudness = LevelMeter.Maximum - Math.Clamp(level, 0, LevelMeter.Maximum);
        LearnFloor(loudness);
        _immediate = Math.Clamp((loudness - Floor) / StepDecibels, 0, ImmediateSteps);
        bool speaks = _immediate >= SpeechSteps && loudness >= LowestSpeech;
        long frames = Shift(now);
        if (!speaks)
            return;
        _speech |= frames is > 0 and <= SpokenForFrames ? (1UL << (int)frames) - 1 : 1;
    }

    /// <summary>Moves the windows on to <paramref name="now"/>; without packets for more than 60 ms there is silence.</summary>
    public void Advance(MonotonicTime now)
    {
        if ((now.Ticks / FrameTicks) - _frame <= SpokenForFrames)
            return;
        Shift(now);
        _immediate = 0;
    }

    private long Shift(MonotonicTime now)
    {
        long frame = now.Ticks / FrameTicks;
        long frames = Math.Max(0, frame - _frame);
        _speech = frames > 63 ? 0 : _speech << (int)frames;
        _frame += frames;
        return frames;
    }

    private void LearnFloor(int loudness)
    {
        if (loudness < Floor)
        {
            Floor = loudness;
            _sinceRise = 0;
        }
        else if (++_sinceRise >= FloorRiseFrames)
        {
            _sinceRise = 0;
            Floor = Math.Min(Floor + 1, HighestFloor);
        }
    }
}
