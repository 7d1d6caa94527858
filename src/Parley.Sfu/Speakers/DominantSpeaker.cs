using Parley.Rtc.Primitives;

namespace Parley.Sfu.Speakers;

/// <summary>
/// Who speaks, for the picture shown large: with hysteresis, so that a cough or a "yes" changes nothing
/// (after "Dominant Speaker Identification for Multipoint Videoconferencing", Volfin and Cohen, 2012). Routing of sound is <see cref="LoudestSelector"/>'s.
/// </summary>
/// <remarks>
/// <code>
/// dominant          | input                                                      | next
/// none              | someone speaks in 3 of the last 5 frames                   | the one who spoke longest
/// someone           | muted or removed                                           | none
/// someone           | all silent                                                 | the same
/// someone, each 0.3 s | another beats it in the immediate, medium and long window | the one who beats it most in the medium window
/// </code>
/// </remarks>
public sealed class DominantSpeaker
{
    /// <summary>No speaker.</summary>
    public const int None = -1;

    /// <summary>The time between two decisions while there is a dominant speaker.</summary>
    public static readonly TimeSpan DecisionInterval = TimeSpan.FromMilliseconds(300);

    private const int SpeechFrames = 3;

    // The paper's thresholds on the logarithm of the ratio of scores.
    private const double ImmediateThreshold = 3;
    private const double MediumThreshold = 2;
    private const double LongThreshold = 0;

    private static readonly double[] ImmediateScores = Scores(SpeechActivity.ImmediateSteps, 0.78);
    private static readonly double[] MediumScores = Scores(SpeechActivity.MediumFrames, 24);
    private static readonly double[] LongScores = Scores(SpeechActivity.LongGroups, 47);

    private readonly Entry[] _entries;
    private MonotonicTime _nextDecision;

    /// <summary>Makes an empty one for <paramref name="capacity"/> microphones.</summary>
    public DominantSpeaker(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _entries = new Entry[capacity];
    }

    /// <summary>The handle of the dominant speaker; <see cref="None"/> when nobody spoke yet or it left.</summary>
    public int Dominant { get; private set; } = None;

    /// <summary>Adds a microphone and returns its handle; <see cref="None"/> when there is no room.</summary>
    public int Add()
    {
        int handle = Array.FindIndex(_entries, entry => !entry.IsUsed);
        if (handle >= 0)
            _entries[handle] = new Entry { IsUsed = true };
        return handle;
    }

    /// <summary>Removes a microphone; it is not dominant any more.</summary>
    public void Remove(int handle)
    {
        _entries[handle] = default;
        Clear(handle);
    }

    /// <summary>Mutes or unmutes a microphone; muted, it is not dominant any more.</summary>
    public void SetMuted(int handle, bool isMuted)
    {
        _entries[handle] = new Entry { IsUsed = true, IsMuted = isMuted };
        if (isMuted)
            Clear(handle);
    }

    /// <summary>Takes a level as on the wire (RFC 6464) of an authenticated packet.</summary>
    public void OnLevel(int handle, int level, MonotonicTime now)
    {
        ref Entry entry = ref _entries[handle];
        if (entry is { IsUsed: true, IsMuted: false })
            entry.Activity.OnLevel(level, now);
    }

    /// <summary>Decides when it is time; call each 20 to 100 ms. True when it chose another; a removal or mute shows in <see cref="Dominant"/> at once.</summary>
    public bool Update(MonotonicTime now)
    {
        if (Dominant != None && now < _nextDecision)
            return false;
        for (int handle = 0; handle < _entries.Length; handle++)
        {
            if (_entries[handle].IsUsed)
                _entries[handle].Activity.Advance(now);
        }

        int next = Dominant == None ? FirstSpeaker() : Challenger();
        if (next == None || next == Dominant)
        {
            _nextDecision = now + DecisionInterval;
            return false;
        }

        Dominant = next;
        _nextDecision = now + DecisionInterval;
        return true;
    }

    private int FirstSpeaker()
    {
        int first = None;
        int most = 0;
        for (int handle = 0; handle < _entries.Length; handle++)
        {
            ref readonly SpeechActivity activity = ref _entries[handle].Activity;
            int spoken = activity.Medium < SpeechFrames ? 0 : (activity.Long * 100) + activity.Medium;
            if (spoken <= most)
                continue;
            most = spoken;
            first = handle;
        }

        return first;
    }

    private int Challenger()
    {
        SpeechActivity dominant = _entries[Dominant].Activity;
        int challenger = None;
        double most = MediumThreshold;
        for (int handle = 0; handle < _entries.Length; handle++)
        {
            ref readonly SpeechActivity activity = ref _entries[handle].Activity;
            double medium = Math.Log(MediumScores[activity.Medium] / MediumScores[dominant.Medium]);
            if (handle == Dominant
                || medium <= most
                || Math.Log(ImmediateScores[activity.Immediate] / ImmediateScores[dominant.Immediate]) <= ImmediateThreshold
                || Math.Log(LongScores[activity.Long] / LongScores[dominant.Long]) <= LongThreshold)
                continue;
            most = medium;
            challenger = handle;
        }

        return challenger;
    }

    private void Clear(int handle)
    {
        if (Dominant == handle)
            Dominant = None;
    }

    // The log-likelihood of v active parts of n under speech (binomial, p = 1/2) against silence (exponential with rate lambda), never below a tiny positive value.
    private static double[] Scores(int count, double lambda)
    {
        const double Least = 1e-10;
        double[] scores = new double[count + 1];
        double binomial = 1;
        for (int v = 0; v <= count; v++)
        {
            scores[v] = Math.Max(Least, Math.Log(binomial) + (count * Math.Log(0.5)) - Math.Log(lambda) + (lambda * v));
            binomial = binomial * (count - v) / (v + 1);
        }

        return scores;
    }

    private struct Entry
    {
        public SpeechActivity Activity;
        public bool IsUsed;
        public bool IsMuted;
    }
}
