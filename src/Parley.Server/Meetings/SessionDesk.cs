using Parley.Server.Media;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>How WHIP publishers and WHEP players come into a meeting. They bring no fence of their own, and cannot be told to move: when their node has to go, their session ends.</summary>
internal sealed class SessionDesk(MeetingState state, Entrance entrance, MeetingSurroundings surroundings, NodeActivity activity, TimeProvider time)
{
    /// <summary>Begins a session.</summary>
    public Task<SessionStarted> StartAsync(SessionRequest request) => request.Publishes ? PublishAsync(request) : PlayAsync(request);

    private async Task<SessionStarted> PublishAsync(SessionRequest request)
    {
        string id = request.Participant ?? RandomIds.Publisher();
        if (state.Roster.Find(id) is not null || state.FindNewcomer(id) is not null)
            throw Refusals.ParticipantTaken(id);
        return await EnterAsync(id, request, new MediaOffer { Participant = id, Sdp = request.Offer, Directions = MediaDirections.Publish }, arrival =>
        {
            Participant publisher = new()
            {
                Id = id,
                Name = id,
                Country = request.Country,
                Since = state.Roster.NextSince(time.GetUtcNow()),
                Microphone = arrival.Answer.Audio,
                Camera = arrival.Answer.Video,
            };
            publisher.Replace(arrival.Transport);
            state.Add(publisher);
        });
    }

    private async Task<SessionStarted> PlayAsync(SessionRequest request)
    {
        if (request.Subject is { } subject && state.Roster.Find(subject) is null)
            throw Refusals.ParticipantUnknown();
        string id = RandomIds.Player();
        MediaOffer offer = new()
        {
            Participant = id,
            Sdp = request.Offer,
            Directions = MediaDirections.Receive,
            Mode = request.Subject is null ? SubscriptionMode.Automatic : SubscriptionMode.Participant,
            Subject = request.Subject,
        };
        return await EnterAsync(id, request, offer, static _ => { });
    }

    private async Task<SessionStarted> EnterAsync(string id, SessionRequest request, MediaOffer offer, Action<Arrival> seat)
    {
        SessionStarted? started = null;
        await entrance.EnterAsync(new Newcomer(id, id, request.Country, connection: null, observer: null), surroundings.Wish(id, request.Country, null, [], isHost: false), offer, arrival =>
        {
            seat(arrival);
            activity.CountJoin();
            string secret = state.Add(new Session(id, arrival.Transport, request.Publishes, request.Country));
            started = new SessionStarted(secret, id, arrival.Answer.Sdp, surroundings.Nodes.Find(arrival.Transport.Node)?.Statement);
        });
        return started!;
    }
}
