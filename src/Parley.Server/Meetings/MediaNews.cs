using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>What a meeting does about what happens in its room on a node.</summary>
internal sealed class MediaNews(MeetingState meeting, MeetingRooms rooms, RouteDriver driver, string node)
{
    /// <summary>Takes one event.</summary>
    public void Handle(ShardEvent news)
    {
        switch (news)
        {
            case TransportConnected connected:
                Connected(new MediaTransport(node, connected.Transport));
                break;
            case TransportClosed closed:
                Closed(new MediaTransport(node, closed.Transport), closed.Reason);
                break;
            case SlotChanged slot:
                Slot(slot);
                break;
            case RelayLost lost:
                driver.RelayLost(node, lost.Peer);
                break;
            case SpeakersChanged speakers:
                Speakers(speakers);
                break;
            case StatisticsReported report when meeting.Quality.Update(report.Statistics.Transports):
                Dictionary<string, int> levels = meeting.Quality.Levels;
                meeting.Tell(observer => observer.Quality(levels));
                break;
        }
    }

    /// <summary>The room has ended, and everyone's media there with it.</summary>
    /// <param name="isTold">Whether those whose only transport it was are told so; else the route has told them to move, or will.</param>
    public void Lost(Func<Participant, bool> isTold)
    {
        foreach ((string secret, Session session) in meeting.Sessions.Where(entry => entry.Value.Transport.Node == node).ToArray())
            meeting.Remove(secret, session);
        foreach (Participant participant in meeting.Roster.All.ToArray())
        {
            bool wasNewest = false;
            foreach (MediaTransport transport in participant.Transports.Where(transport => transport.Node == node).ToArray())
                wasNewest |= participant.Forget(transport);
            if (wasNewest && isTold(participant))
                participant.Observer?.MediaLost("room-ended").Ignore();
        }
    }

    private void Connected(MediaTransport transport)
    {
        Session? session = meeting.Sessions.Values.FirstOrDefault(session => session.Transport == transport);
        if (session is not null)
            driver.Moved(session.Participant, node);
        if (meeting.Roster.Find(transport) is not { } participant || participant.Transport != transport)
            return;
        foreach (MediaTransport retired in participant.TakeRetired())
            rooms.Close(retired);
        if (session is null)
            driver.Moved(participant.Id, node);
        if (participant.Shown)
            return;
        participant.Shown = true;
        ParticipantInfo info = participant.Info;
        meeting.Tell(observer => observer.ParticipantJoined(info), except: participant);
    }

    private void Closed(MediaTransport transport, TransportCloseReason reason)
    {
        foreach ((string secret, Session session) in meeting.Sessions)
        {
            if (session.Transport == transport)
            {
                meeting.Remove(secret, session);
                return;
            }
        }

        if (meeting.Roster.Find(transport) is { } participant && participant.Forget(transport))
            participant.Observer?.MediaLost(WordFor(reason)).Ignore();
    }

    private void Slot(SlotChanged slot)
    {
        // The mids of a transport that is being replaced are those of the new one: only the newest one's are told.
        MediaTransport transport = new(node, slot.Transport);
        if (meeting.Roster.Find(transport) is not { } participant || participant.Transport != transport)
            return;
        SlotInfo info = new(slot.Mid, slot.Source?.Participant, slot.Source is { } source ? SourceNames.Of(source.Kind) : null, slot.FromTimestamp);
        participant.Observer?.SlotChanged(info).Ignore();
    }

    // Each room hears the whole meeting: whoever is in it is told by it.
    private void Speakers(SpeakersChanged speakers)
    {
        meeting.SetSpeaker(node, speakers.Dominant);
        SpeakerInfo info = new(speakers.Dominant, [.. speakers.Audible]);
        meeting.Tell(observer => observer.SpeakerChanged(info), only: person => person.Transport?.Node == node);
    }

    private static string WordFor(TransportCloseReason reason) => reason switch
    {
        TransportCloseReason.Requested => "requested",
        TransportCloseReason.PeerClosed => "peer-closed",
        TransportCloseReason.HandshakeFailed => "handshake-failed",
        TransportCloseReason.NeverConnected => "never-connected",
        TransportCloseReason.ConsentExpired => "consent-expired",
        _ => "fault",
    };
}
