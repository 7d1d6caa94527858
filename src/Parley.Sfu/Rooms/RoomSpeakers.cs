using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Sfu.Speakers;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Who is heard and who speaks in a room: the places of the loudest, one more than any subscriber has slots for sound, so that those in a place hear as many others as the rest;
/// and the dominant speaker.
/// </summary>
public sealed class RoomSpeakers
{
    /// <summary>The shortest time between two <see cref="SpeakersChanged"/> events.</summary>
    public static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(300);

    // The level assumed of packets without one, -dBov: speech, but not loud, so that they are heard where there is room or silence.
    private const int AssumedLevel = 60;
    private const int InitialCapacity = 16;
    private const int MaximumPlaces = 32;

    private readonly Room _room;
    private readonly List<string> _recent = [];
    private readonly List<string> _audible = [];
    private LoudestSelector _loudest = new(InitialCapacity, 1);
    private DominantSpeaker _dominant = new(InitialCapacity);
    private Source?[] _sources = new Source?[InitialCapacity];
    private int _places = 1;
    private string? _announcedDominant;
    private IReadOnlyList<string> _announcedAudible = [];
    private MonotonicTime _nextEvent;

    /// <summary>Makes the speakers of an empty room.</summary>
    public RoomSpeakers(Room room) => _room = room;

    /// <summary>Participants that were dominant, the latest first.</summary>
    public IReadOnlyList<string> Recent => _recent;

    /// <summary>Whether more sources send sound than there are places, so that levels decide who is heard.</summary>
    public bool IsContested { get; private set; }

    /// <summary>Adds a source of sound.</summary>
    public void Add(Source source, MonotonicTime now)
    {
        if (Array.IndexOf(_sources, null) < 0)
            Rebuild(_sources.Length * 2, _places, now);
        Enter(source, now);
    }

    /// <summary>Removes a source of sound.</summary>
    public void Remove(Source source, MonotonicTime now)
    {
        int handle = Array.IndexOf(_sources, source);
        if (handle < 0)
            return;
        _loudest.Remove(handle, now);
        _dominant.Remove(handle);
        _sources[handle] = null;
        Review();
    }

    /// <summary>Mutes or unmutes a source of sound.</summary>
    public void SetMuted(Source source, bool isMuted, MonotonicTime now)
    {
        int handle = Array.IndexOf(_sources, source);
        if (handle < 0)
            return;
        _loudest.SetMuted(handle, isMuted, now);
        _dominant.SetMuted(handle, isMuted);
        Review();
    }

    /// <summary>Makes room for subscribers with <paramref name="slots"/> slots for sound.</summary>
    public void EnsurePlaces(int slots, MonotonicTime now)
    {
        int places = Math.Min(slots, MaximumPlaces) + 1;
        if (places > _places)
            Rebuild(_sources.Length, places, now);
    }

    /// <summary>Takes the level of an authentic packet.</summary>
    public void OnPacket(Source source, ReceivedPacket packet)
    {
        int level = LevelOf(packet);
        if (_loudest.OnLevel(source.SpeakerHandle, level, packet.Arrival))
            _room.Unsettle();
        if (source.Id.Kind == SourceKind.Microphone)
            _dominant.OnLevel(source.SpeakerHandle, level, packet.Arrival);
    }

    /// <summary>
    /// Lists the loudest others for a subscriber, as many as it has slots. When there is one too many, the quietest is left out; those that have a slot count as somewhat louder, so that
    /// nobody comes and goes with each breath.
    /// </summary>
    public void ListLoudest(Connection subscriber, List<Source> wanted, MonotonicTime now)
    {
        foreach (int handle in _loudest.Places)
        {
            if (handle != LoudestSelector.None && _sources[handle] is { IsForwardable: true } source && source.Id.Participant != subscriber.Participant)
                wanted.Add(source);
        }

        while (wanted.Count > subscriber.AudioSlots.Length)
            wanted.Remove(Quietest(subscriber, wanted, now));
    }

    /// <summary>Decides who is dominant, and tells the control plane what changed.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (_dominant.Update(now) && _sources[_dominant.Dominant] is { } speaker)
        {
            _recent.Remove(speaker.Id.Participant);
            _recent.Insert(0, speaker.Id.Participant);
            _room.Unsettle();
        }

        if (IsContested)
            _room.Unsettle();
        if (now >= _nextEvent)
            Announce(now);
    }

    /// <summary>Forgets a participant that left.</summary>
    public void Forget(string participant) => _recent.Remove(participant);

    private static int LevelOf(ReceivedPacket packet)
    {
        for (int i = 0; i < packet.ExtensionCount; i++)
        {
            ForwardedExtension extension = packet.ExtensionAt(i);
            if (extension.Kind == ExtensionKind.AudioLevel && AudioLevel.TryRead(packet.Data(extension), out AudioLevel level))
                return level.Decibels;
        }

        return AssumedLevel;
    }

    private Source Quietest(Connection subscriber, List<Source> candidates, MonotonicTime now)
    {
        Source quietest = candidates[0];
        int least = int.MaxValue;
        foreach (Source candidate in candidates)
        {
            int loudness = _loudest.Loudness(candidate.SpeakerHandle, now) + (HasSlot(subscriber, candidate) ? LoudestSelector.Margin : 0);
            if (loudness >= least)
                continue;
            least = loudness;
            quietest = candidate;
        }

        return quietest;
    }

    private static bool HasSlot(Connection subscriber, Source source)
    {
        foreach (AssignedSlot slot in subscriber.AudioSlots)
        {
            if (ReferenceEquals(slot.Source, source))
                return true;
        }

        return false;
    }

    private void Announce(MonotonicTime now)
    {
        string? dominant = _dominant.Dominant == DominantSpeaker.None ? null : _sources[_dominant.Dominant]?.Id.Participant;
        ListAudible(now);
        if (dominant == _announcedDominant && IsAnnounced())
            return;
        _announcedDominant = dominant;
        _announcedAudible = [.. _audible];
        _nextEvent = now + EventInterval;
        _room.Context.Events.Add(new SpeakersChanged(_room.Id, dominant, _announcedAudible));
    }

    private bool IsAnnounced()
    {
        if (_audible.Count != _announcedAudible.Count)
            return false;
        for (int i = 0; i < _audible.Count; i++)
        {
            if (_audible[i] != _announcedAudible[i])
                return false;
        }

        return true;
    }

    private void ListAudible(MonotonicTime now)
    {
        _audible.Clear();
        foreach (Source? source in _sources)
        {
            if (source is { IsForwardable: true, Id.Kind: SourceKind.Microphone } && _loudest.Loudness(source.SpeakerHandle, now) >= LoudestSelector.SpeechLoudness)
                _audible.Add(source.Id.Participant);
        }
    }

    private void Enter(Source source, MonotonicTime now)
    {
        int handle = _loudest.Add(now);
        // Both hand out the lowest free handle, so one number serves for both.
        _dominant.Add();
        source.SpeakerHandle = handle;
        _sources[handle] = source;
        if (!source.IsForwardable)
            SetMuted(source, true, now);
        Review();
    }

    private void Rebuild(int capacity, int places, MonotonicTime now)
    {
        Source?[] before = _sources;
        _places = places;
        _sources = new Source?[capacity];
        _loudest = new LoudestSelector(capacity, places);
        _dominant = new DominantSpeaker(capacity);
        foreach (Source? source in before)
        {
            if (source is not null)
                Enter(source, now);
        }

        _room.Unsettle();
    }

    private void Review()
    {
        int audible = 0;
        foreach (Source? source in _sources)
            audible += source is { IsForwardable: true } ? 1 : 0;
        IsContested = audible >= _places;
        _room.Unsettle();
    }
}
