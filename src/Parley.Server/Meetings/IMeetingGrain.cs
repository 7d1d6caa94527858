namespace Parley.Server.Meetings;

/// <summary>A meeting; its key is the meeting's id. Every call fails with a <see cref="Problems.ProblemException"/> that is meant for the caller.</summary>
[Alias("Parley.Meeting")]
internal interface IMeetingGrain : IGrainWithStringKey
{
    /// <summary>Changes the meeting's facts; they are stored when the call returns.</summary>
    Task<MeetingInfo> Change(string hostKey, MeetingChange change);

    /// <summary>Lets a participant in, or gives it its place back.</summary>
    Task<Joined> Join(JoinRequest request, string connection, IParticipantObserver observer);

    /// <summary>Answers a re-offer.</summary>
    Task<string> Negotiate(string participant, string connection, NegotiateRequest request);

    /// <summary>Says which pictures a participant wants.</summary>
    Task View(string participant, string connection, Wish[] wishes);

    /// <summary>Says what of a participant is on.</summary>
    Task Media(string participant, string connection, bool microphone, bool camera);

    /// <summary>Renames a participant.</summary>
    Task Rename(string participant, string connection, string name);

    /// <summary>Takes a participant out.</summary>
    Task Leave(string participant, string connection);

    /// <summary>Notes that a participant's connection was lost; its place is kept for the resume window.</summary>
    Task ConnectionLost(string participant, string connection);

    /// <summary>Begins a WHIP or WHEP session.</summary>
    Task<SessionStarted> StartSession(SessionRequest request);

    /// <summary>Ends a WHIP or WHEP session.</summary>
    Task EndSession(string secret, string participant);
}
