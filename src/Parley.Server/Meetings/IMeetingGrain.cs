using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;
using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>A meeting; its key is the meeting's id. Every call fails with a <see cref="Problems.ProblemException"/> that is meant for the caller.</summary>
[Alias("Parley.Meeting")]
internal interface IMeetingGrain : IGrainWithStringKey
{
    /// <summary>Changes the meeting's facts; they are stored when the call returns.</summary>
    Task<MeetingInfo> Change(string hostKey, MeetingChange change);

    /// <summary>Lets a participant in, or gives it its place back. It may wait for people to move, or for a host.</summary>
    [ResponseTimeout("00:01:30")]
    Task<Joined> Join(JoinRequest request, JoinOrigin origin, IParticipantObserver observer);

    /// <summary>Whoever joins over a connection gives up.</summary>
    Task GiveUp(string connection);

    /// <summary>Answers a re-offer, or the offer of a new peer connection.</summary>
    Task<Negotiated> Negotiate(string participant, string connection, NegotiateRequest request);

    /// <summary>Says which pictures a participant wants.</summary>
    Task View(string participant, string connection, Wish[] wishes);

    /// <summary>Says what of a participant is on.</summary>
    Task Media(string participant, string connection, bool microphone, bool camera);

    /// <summary>Renames a participant.</summary>
    Task Rename(string participant, string connection, string name);

    /// <summary>A host's answer to a newcomer's fence.</summary>
    Task DecideTighten(string participant, string connection, string request, bool accept);

    /// <summary>A member's call to the delivery service.</summary>
    Task Group(string participant, string connection, GroupCall call);

    /// <summary>The commits that a member has missed.</summary>
    Task<GroupCommits> CatchUp(string participant, string connection, GroupPosition from);

    /// <summary>The live route, without the countries of people.</summary>
    Task<RouteInfo> Route();

    /// <summary>What joining, or another geofence, would do.</summary>
    Task<PreviewInfo> Preview(RouteQuestion question);

    /// <summary>Takes a participant out.</summary>
    Task Leave(string participant, string connection);

    /// <summary>Notes that a participant's connection was lost; its place is kept for the resume window.</summary>
    Task ConnectionLost(string participant, string connection);

    /// <summary>Begins a WHIP or WHEP session.</summary>
    Task<SessionStarted> StartSession(SessionRequest request);

    /// <summary>Ends a WHIP or WHEP session.</summary>
    Task EndSession(string secret, string participant);
}
