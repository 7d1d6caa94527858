using Orleans.Concurrency;
using Parley.Server.Encryption.Events;
using Parley.Server.Problems;
using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>A participant's connection as its meeting sees it: each call becomes the event of docs/protocol.md with that name.</summary>
internal interface IParticipantObserver : IGrainObserver
{
    /// <summary><c>participantJoined</c>.</summary>
    [OneWay]
    Task ParticipantJoined(ParticipantInfo participant);

    /// <summary><c>participantUpdated</c>.</summary>
    [OneWay]
    Task ParticipantUpdated(ParticipantInfo participant);

    /// <summary><c>participantLeft</c>.</summary>
    [OneWay]
    Task ParticipantLeft(string id);

    /// <summary><c>slotChanged</c>.</summary>
    [OneWay]
    Task SlotChanged(SlotInfo slot);

    /// <summary><c>speakerChanged</c>.</summary>
    [OneWay]
    Task SpeakerChanged(SpeakerInfo speaker);

    /// <summary><c>quality</c>: levels 1 to 3 by participant.</summary>
    [OneWay]
    Task Quality(Dictionary<string, int> levels);

    /// <summary><c>mediaLost</c>.</summary>
    [OneWay]
    Task MediaLost(string reason);

    /// <summary><c>meetingChanged</c>.</summary>
    [OneWay]
    Task MeetingChanged(MeetingInfo meeting);

    /// <summary><c>joinWaiting</c>.</summary>
    [OneWay]
    Task JoinWaiting(string reason);

    /// <summary><c>move</c>.</summary>
    [OneWay]
    Task Move(MoveInfo move);

    /// <summary><c>routeChanged</c>.</summary>
    [OneWay]
    Task RouteChanged(RouteInfo route);

    /// <summary><c>tightenAsked</c>.</summary>
    [OneWay]
    Task TightenAsked(TightenQuestion question);

    /// <summary><c>tightenWithdrawn</c>.</summary>
    [OneWay]
    Task TightenWithdrawn(string request);

    /// <summary>The events whose names begin with <c>mls</c>.</summary>
    [OneWay]
    Task Group(GroupEvent told);

    /// <summary><c>ended</c>; the connection is of no use any more.</summary>
    [OneWay]
    Task Ended(string reason, Problem? problem);
}
