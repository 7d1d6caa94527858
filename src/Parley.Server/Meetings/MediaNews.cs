using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>What a meeting does about what happens in its room on a node.</summary>
internal sealed class MediaNews(MeetingState meeting, string node)
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
            case SpeakersChanged speakers:
                meeting.Speaker = speakers.Dominant;
                SpeakerInfo info = new(speakers.Dominant, [.. speakers.Audible]);
                meeting.Tell(observer => observer.SpeakerChanged(info));
                break;
            case StatisticsReported report when meeting.Quality.Update(report.Statistics.Transports):
                Dictionary<string, int> levels = meeting.Quality.Levels;
                meeting.Tell(observer => observer.Quality(levels));
                break;
        }
    }

    private void Connected(MediaTransport transport)
    {
        if (meeting.Roster.Find(transport) is not { } participant || participant.Transport != transport)
            return;
        foreach (MediaTransport retired in participant.TakeRetired())
            meeting.Room?.Close(retired.Id);
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
