using Parley.Rtc.Primitives;

namespace Parley.Sfu.Speakers;

/// <summary>
/// Keeps the N loudest microphones in N places, for routing into audio slots. While places are free everyone has one, silent or not; else a louder one takes the place of the quietest.
/// A place's occupant changes only when it must. Only levels of authenticated packets may be told.
/// </summary>
/// <remarks>
/// <code>
/// input                                                        | effect
/// added or unmuted, a place is free                            | takes it
/// level: no place, speaks, 6 dB louder than the quietest place | takes that place
/// level: otherwise                                             | none
/// removed or muted                                             | its place goes to the loudest without one, else it is free
/// </code>
/// </remarks>
public sealed class LoudestSelector
{
    /// <summary>No microphone.</summary>
    public const int None = -1;

    /// <summary>How much louder a newcomer must be, in dB.</summary>
    public const int Margin = 6;

    /// <summary>The least loudness that takes a place from another: -65 dBov.</summary>
    public const int SpeechLoudness = LevelMeter.Maximum - 65;

    private readonly Entry[] _entries;
    private readonly int[] _places;

    /// <summary>Makes a selector.</summary>
    /// <param name="capacity">The most microphones.</param>
    /// <param name="places">N.</param>
    public LoudestSelector(int capacity, int places)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(places);
        _entries = new Entry[capacity];
        _places = new int[places];
        Array.Fill(_places, None);
    }

    /// <summary>The handle in each place, <see cref="None"/> where it is free.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Adds a microphone and returns its handle; <see cref="None"/> when there is no room.</summary>
    public int Add(MonotonicTime now)
    {
        int handle = Array.FindIndex(_entries, entry => !entry.IsUsed);
        if (handle < 0)
            return None;
        _entries[handle] = new Entry { IsUsed = true, Place = None };
        FillFree(now);
        return handle;
    }

    /// <summary>Removes a microphone. True when the places changed.</summary>
    public bool Remove(int handle, MonotonicTime now)
    {
        _entries[handle].IsUsed = false;
        return Leave(handle, now);
    }

    /// <summary>Mutes or unmutes a microphone. True when the places changed.</summary>
    public bool SetMuted(int handle, bool isMuted, MonotonicTime now)
    {
        ref Entry entry = ref _entries[handle];
        entry.IsMuted = isMuted;
        entry.Meter = default;
        return isMuted ? Leave(handle, now) : FillFree(now);
    }

    /// <summary>The loudness of a microphone, in dB above -127 dBov.</summary>
    public int Loudness(int handle, MonotonicTime now) => _entries[handle].Meter.Loudness(now);

    /// <summary>Takes a level as on the wire (RFC 6464). True when the places changed.</summary>
    public bool OnLevel(int handle, int level, MonotonicTime now)
    {
        ref Entry entry = ref _entries[handle];
        if (!entry.IsUsed || entry.IsMuted)
            return false;
        entry.Meter.OnLevel(level, now);
        int loudness = entry.Meter.Loudness(now);
        if (entry.Place != None || loudness < SpeechLoudness)
            return false;
        int quietest = QuietestPlace(now, out int least);
        if (loudness < least + Margin)
            return false;
        _entries[_places[quietest]].Place = None;
        Put(handle, quietest);
        return true;
    }

    // Places are all taken here: a free one is filled at once by whoever has none.
    private int QuietestPlace(MonotonicTime now, out int least)
    {
        int quietest = 0;
        least = int.MaxValue;
        for (int place = 0; place < _places.Length; place++)
        {
            int loudness = _entries[_places[place]].Meter.Loudness(now);
            if (loudness >= least)
                continue;
            least = loudness;
            quietest = place;
        }

        return quietest;
    }

    private bool Leave(int handle, MonotonicTime now)
    {
        int place = _entries[handle].Place;
        if (place == None)
            return false;
        _entries[handle].Place = None;
        _places[place] = None;
        FillFree(now);
        return true;
    }

    private bool FillFree(MonotonicTime now)
    {
        bool changed = false;
        for (int place = 0; place < _places.Length; place++)
        {
            if (_places[place] != None)
                continue;
            int loudest = LoudestWithout(now);
            if (loudest == None)
                return changed;
            Put(loudest, place);
            changed = true;
        }

        return changed;
    }

    private int LoudestWithout(MonotonicTime now)
    {
        int loudest = None;
        int most = -1;
        for (int handle = 0; handle < _entries.Length; handle++)
        {
            ref readonly Entry entry = ref _entries[handle];
            if (!entry.IsUsed || entry.IsMuted || entry.Place != None || entry.Meter.Loudness(now) <= most)
                continue;
            most = entry.Meter.Loudness(now);
            loudest = handle;
        }

        return loudest;
    }

    private void Put(int handle, int place)
    {
        _places[place] = handle;
        _entries[handle].Place = place;
    }

    private struct Entry
    {
        public LevelMeter Meter;
        public int Place;
        public bool IsUsed;
        public bool IsMuted;
    }
}
