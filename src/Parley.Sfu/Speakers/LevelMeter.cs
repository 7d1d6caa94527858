using Parley.Rtc.Primitives;

namespace Parley.Sfu.Speakers;

/// <summary>The smoothed loudness of one microphone from its audio level extension (RFC 6464): rises within a few packets, falls slower, fades when packets stop (DTX, mute).</summary>
public struct LevelMeter
{
    /// <summary>The loudest value; silence is 0. A level of -x dBov is <c>127 - x</c>.</summary>
    public const int Maximum = 127;

    // Sixteenths of a dB, so that slow movements are not rounded away.
    private const int Scale = 16;

    // Without packets for so long (a 120 ms Opus frame and its jitter), it fades at 60 dB a 100 ms.
    private const long PatienceMilliseconds = 140;
    private const long FadePerMillisecond = 60 * Scale / 100;

    private int _smoothed;
    private MonotonicTime _last;

    /// <summary>Takes a level as on the wire: 0 the loudest, 127 silence.</summary>
    public void OnLevel(int level, MonotonicTime now)
    {
        int current = At(now);
        int loudness = (Maximum - Math.Clamp(level, 0, Maximum)) * Scale;
        _smoothed = current + ((loudness - current) / (loudness > current ? 2 : 8));
        _last = now;
    }

    /// <summary>The loudness in dB above -127 dBov.</summary>
    public readonly int Loudness(MonotonicTime now) => At(now) / Scale;

    private readonly int At(MonotonicTime now)
    {
        long idle = (now - _last).Ticks / TimeSpan.TicksPerMillisecond - PatienceMilliseconds;
        return idle <= 0 ? _smoothed : (int)Math.Max(0, _smoothed - (idle * FadePerMillisecond));
    }
}
