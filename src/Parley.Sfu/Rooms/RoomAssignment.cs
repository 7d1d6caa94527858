using Parley.Rtc.Primitives;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Decides for each subscriber of a room which sources its slots have and which layer of each: sound of the loudest others, pictures by its wishes, by recency of speech, or of one
/// participant. Allocates nothing but the lists it reuses.
/// </summary>
public sealed class RoomAssignment
{
    private readonly Room _room;
    private readonly List<Source> _wanted = [];

    /// <summary>Makes the assignment of a room.</summary>
    public RoomAssignment(Room room) => _room = room;

    /// <summary>Assigns the slots of all subscribers.</summary>
    public void Assign(MonotonicTime now)
    {
        foreach (Connection subscriber in _room.Connections)
        {
            // A slot that is given a source before its subscriber can receive would only wait.
            if (!subscriber.Transport.CanSend)
                continue;
            if (subscriber.AudioSlots.Length > 0)
            {
                ListSound(subscriber, now);
                SlotAssigner.Assign(subscriber.AudioSlots, _wanted);
            }

            if (subscriber.VideoSlots.Length > 0)
            {
                ListPictures(subscriber);
                SlotAssigner.Assign(subscriber.VideoSlots, _wanted);
            }
        }

        ChooseLayers(now);
    }

    /// <summary>Chooses the layer of every slot with pictures, by the height it is shown at and the layers that arrive, and asks for the key frames that switching needs.</summary>
    public void ChooseLayers(MonotonicTime now)
    {
        foreach (Connection subscriber in _room.Connections)
        {
            foreach (AssignedSlot slot in subscriber.VideoSlots)
            {
                if (slot.Source is not { } source)
                    continue;
                LayerTarget target = LayerTarget.Choose(source.Track, HeightOf(subscriber, source), now);
                if (slot.Slot.SetTarget(target.Layer, target.Live))
                    source.Invalidate();
                Room.RequestKeyFrame(slot, slot.Slot.WantedKeyFrame, now);
            }
        }
    }

    private static int HeightOf(Connection subscriber, Source source)
    {
        if (subscriber.Mode != SubscriptionMode.Wishes)
            return int.MaxValue;
        foreach (SourceWish wish in subscriber.Wishes)
        {
            if (wish.Source == source.Id)
                return wish.Height;
        }

        return int.MaxValue;
    }

    private void ListSound(Connection subscriber, MonotonicTime now)
    {
        _wanted.Clear();
        if (subscriber.Mode == SubscriptionMode.Participant)
        {
            ListSubject(subscriber, MediaKind.Audio);
            return;
        }

        _room.Speakers.ListLoudest(subscriber, _wanted, now);
    }

    private void ListPictures(Connection subscriber)
    {
        _wanted.Clear();
        switch (subscriber.Mode)
        {
            case SubscriptionMode.Wishes:
                ListWishes(subscriber);
                break;
            case SubscriptionMode.Participant:
                ListSubject(subscriber, MediaKind.Video);
                break;
            default:
                ListBySpeech(subscriber);
                break;
        }
    }

    private void ListWishes(Connection subscriber)
    {
        foreach (SourceWish wish in subscriber.Wishes)
        {
            if (_room.Find(wish.Source) is { Kind: MediaKind.Video, IsForwardable: true } source && !_wanted.Contains(source))
                _wanted.Add(source);
        }
    }

    private void ListSubject(Connection subscriber, MediaKind kind)
    {
        foreach (Source source in _room.Sources)
        {
            if (source.Kind == kind && source.IsForwardable && source.Id.Participant == subscriber.Subject)
                _wanted.Add(source);
        }
    }

    // Those who spoke last come first, the others follow by age.
    private void ListBySpeech(Connection subscriber)
    {
        for (int i = 0; i < _room.Speakers.Recent.Count; i++)
            ListBySpeech(subscriber, _room.Speakers.Recent[i]);
        foreach (Source source in _room.Sources)
        {
            if (!_wanted.Contains(source))
                ListBySpeech(subscriber, source.Id.Participant);
        }
    }

    private void ListBySpeech(Connection subscriber, string participant)
    {
        foreach (Source source in _room.Sources)
        {
            if (source.Kind == MediaKind.Video && source.IsForwardable && source.Id.Participant == participant
                && participant != subscriber.Participant && !_wanted.Contains(source))
            {
                _wanted.Add(source);
            }
        }
    }
}
