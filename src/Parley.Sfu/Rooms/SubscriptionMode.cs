namespace Parley.Sfu.Rooms;

/// <summary>Who decides what a subscriber's slots show.</summary>
public enum SubscriptionMode : byte
{
    /// <summary>The subscriber lists its wishes (<see cref="SetView"/>); sound is of the loudest others. What the web client uses.</summary>
    Wishes,

    /// <summary>The loudest others and as many pictures as there are video slots, those who spoke last first. A WHEP player of a whole meeting.</summary>
    Automatic,

    /// <summary>One participant's tracks and nothing else. A WHEP player of one participant.</summary>
    Participant,
}
