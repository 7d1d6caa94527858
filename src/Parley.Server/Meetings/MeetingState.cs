using Parley.Routing.Routes;
using Parley.Server.Nodes;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>What a meeting holds in memory while someone is in it. One caller at a time.</summary>
internal sealed class MeetingState(MeetingRooms rooms, NodeActivity activity)
{
    private readonly Dictionary<string, Newcomer> _newcomers = [];
    private readonly Dictionary<string, string?> _speakers = [];

    /// <summary>Told of everyone who is gone.</summary>
    public Action<string> Gone { get; set; } = static _ => { };

    /// <summary>Who is in it.</summary>
    public Roster Roster { get; } = new();

    /// <summary>WHIP and WHEP sessions, by secret.</summary>
    public Dictionary<string, Session> Sessions { get; } = [];

    /// <summary>How good everyone's connection is.</summary>
    public QualityMeter Quality { get; } = new();

    /// <summary>WHEP players; WHIP publishers are in the roster.</summary>
    public int Players => Sessions.Values.Count(static session => !session.Publishes);

    /// <summary>How many are on the way in.</summary>
    public int Arriving => _newcomers.Count;

    /// <summary>Whether nobody is in it, on the way in, or has a place that is kept.</summary>
    public bool IsEmpty => Roster.Count == 0 && Sessions.Count == 0 && Arriving == 0;

    /// <summary>How many transports on a node are this meeting's.</summary>
    public int TransportsOn(string node) =>
        Roster.All.Sum(person => person.Transports.Count(transport => transport.Node == node)) + Sessions.Values.Count(session => !session.Publishes && session.Transport.Node == node);

    /// <summary>Who speaks, as the room on a node hears it.</summary>
    public string? SpeakerAt(string node) => _speakers.GetValueOrDefault(node);

    /// <summary>Notes who speaks.</summary>
    public void SetSpeaker(string node, string? participant) => _speakers[node] = participant;

    /// <summary>Somebody is on the way in.</summary>
    /// <exception cref="ProblemException">Somebody of that id already is.</exception>
    public void Add(Newcomer newcomer)
    {
        if (!_newcomers.TryAdd(newcomer.Id, newcomer))
            throw Refusals.ParticipantTaken(newcomer.Id);
    }

    /// <summary>Somebody is no longer on the way in, but is in, or not.</summary>
    public void Remove(Newcomer newcomer) => _newcomers.Remove(newcomer.Id);

    /// <summary>Somebody on the way in; null when nobody of that id is.</summary>
    public Newcomer? FindNewcomer(string participant) => _newcomers.GetValueOrDefault(participant);

    /// <summary>Whoever is on the way in over a connection gives up.</summary>
    public void GiveUp(string connection)
    {
        foreach (Newcomer newcomer in _newcomers.Values.Where(newcomer => newcomer.Connection == connection))
            newcomer.GiveUp();
    }

    /// <summary>Nobody on the way in is let in any more.</summary>
    public void EndNewcomers(ProblemException why)
    {
        foreach (Newcomer newcomer in _newcomers.Values)
            newcomer.End(why);
    }

    /// <summary>The country of somebody in the meeting, or on the way in.</summary>
    public string? CountryOf(string participant) =>
        Roster.Find(participant)?.Country ?? FindNewcomer(participant)?.Country ?? Sessions.Values.FirstOrDefault(session => session.Participant == participant)?.Country;

    /// <summary>Adds a participant.</summary>
    public void Add(Participant participant)
    {
        Roster.Add(participant);
        activity.AddParticipants(1);
    }

    /// <summary>Takes a participant out, ends its transports and tells the others.</summary>
    public void Remove(Participant participant)
    {
        if (!Roster.Remove(participant.Id))
            return;
        activity.AddParticipants(-1);
        Quality.Remove(participant.Id);
        foreach (MediaTransport transport in participant.Transports.ToArray())
            rooms.Close(transport);
        if (participant.Shown)
            Tell(observer => observer.ParticipantLeft(participant.Id));
        Gone(participant.Id);
    }

    /// <summary>Adds a WHIP or WHEP session and returns its secret.</summary>
    public string Add(Session session)
    {
        string secret = RandomIds.Secret();
        Sessions.Add(secret, session);
        activity.AddSessions(1);
        return secret;
    }

    /// <summary>Ends a session, its transport, and the participant that a publisher is.</summary>
    public void Remove(string secret, Session session)
    {
        if (!Sessions.Remove(secret))
            return;
        activity.AddSessions(-1);
        rooms.Close(session.Transport);
        if (session.Publishes && Roster.Find(session.Participant) is { } publisher)
            Remove(publisher);
        else
            Gone(session.Participant);
    }

    /// <summary>The meeting's route has no place for somebody any more.</summary>
    public void End(string participant, RouteRefusal refusal)
    {
        FindNewcomer(participant)?.End(RouteProblems.Of(refusal));
        foreach ((string secret, Session session) in Sessions.Where(entry => entry.Value.Participant == participant).ToArray())
            Remove(secret, session);
        if (Roster.Find(participant) is not { } person)
            return;
        End(person, RouteProblems.Of(refusal));
    }

    /// <summary>Somebody cannot stay; whoever is gone already is let pass.</summary>
    public void End(string participant, ProblemException why)
    {
        if (Roster.Find(participant) is { } person)
            End(person, why);
    }

    /// <summary>Tells everyone who has a connection, but for <paramref name="except"/>, or those that <paramref name="only"/> picks.</summary>
    public void Tell(Func<IParticipantObserver, Task> tell, Participant? except = null, Func<Participant, bool>? only = null)
    {
        foreach (Participant participant in Roster.All)
        {
            if (participant != except && participant.Observer is { } observer && (only is null || only(participant)))
                tell(observer).Ignore();
        }
    }

    private void End(Participant person, ProblemException why)
    {
        Problem problem = why.ToProblem();
        person.Observer?.Ended(problem.Code, problem).Ignore();
        Remove(person);
    }
}
