using Parley.Server.Nodes;

namespace Parley.Server.Meetings;

/// <summary>What a meeting holds in memory while someone is in it. One caller at a time.</summary>
internal sealed class MeetingState(IMediaNodes nodes, NodeActivity activity)
{
    /// <summary>Who is in it.</summary>
    public Roster Roster { get; } = new();

    /// <summary>WHIP and WHEP sessions, by secret.</summary>
    public Dictionary<string, Session> Sessions { get; } = [];

    /// <summary>How good everyone's connection is.</summary>
    public QualityMeter Quality { get; } = new();

    /// <summary>The dominant speaker; null: nobody yet.</summary>
    public string? Speaker { get; set; }

    /// <summary>The room; null while nobody is in the meeting.</summary>
    public IMediaRoom? Room { get; private set; }

    /// <summary>WHEP players; WHIP publishers are in the roster.</summary>
    public int Players => Sessions.Values.Count(static session => !session.Publishes);

    /// <summary>Whether nobody is in it and nobody's place is kept.</summary>
    public bool IsEmpty => Roster.Count == 0 && Sessions.Count == 0 && Arriving == 0;

    /// <summary>How many are on the way in.</summary>
    public int Arriving { get; set; }

    /// <summary>Opens the room on this node, by a grant.</summary>
    public async Task<IMediaRoom> OpenRoomAsync(string meeting, string grant)
    {
        IMediaNodeLink node = nodes.Find(nodes.Own)!;
        if (await node.GrantAsync(grant) is { } refusal)
            throw NodeRefusals.NotGranted(refusal);
        Room = await node.OpenRoomAsync(meeting);
        activity.AddMeetings(1);
        return Room;
    }

    /// <summary>Renews the grant of the node that has the room.</summary>
    public async Task RenewAsync(string grant)
    {
        if (Room is { } room && nodes.Find(room.Node) is { } node)
            await node.GrantAsync(grant);
    }

    /// <summary>The room has ended by itself, and everyone's media with it.</summary>
    public void LoseRoom()
    {
        foreach ((string secret, Session session) in Sessions.ToArray())
            Remove(secret, session);
        foreach (Participant participant in Roster.All.ToArray())
        {
            bool had = participant.Transport is not null;
            foreach (MediaTransport transport in participant.Transports.ToArray())
                participant.Forget(transport);
            if (had)
                participant.Observer?.MediaLost("fault").Ignore();
        }

        CloseRoom();
    }

    /// <summary>Ends the room.</summary>
    public void CloseRoom()
    {
        if (Room is null)
            return;
        Room.DisposeAsync().AsTask().Ignore();
        Room = null;
        Speaker = null;
        activity.AddMeetings(-1);
    }

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
            Room?.Close(transport.Id);
        if (Speaker == participant.Id)
            Speaker = null;
        if (participant.Shown)
            Tell(observer => observer.ParticipantLeft(participant.Id));
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
        Room?.Close(session.Transport.Id);
        if (session.Publishes && Roster.Find(session.Participant) is { } publisher)
            Remove(publisher);
    }

    /// <summary>Tells everyone who has a connection, but for <paramref name="except"/>.</summary>
    public void Tell(Func<IParticipantObserver, Task> tell, Participant? except = null)
    {
        foreach (Participant participant in Roster.All)
        {
            if (participant != except && participant.Observer is { } observer)
                tell(observer).Ignore();
        }
    }
}
