using Parley.Routing.Geofences;
using Parley.Server.Encryption;
using Parley.Server.Keys;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Problems;
using Parley.Server.Routes;
using Parley.Server.Storage;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>How people of the hub come into a meeting, come back, and change their transport.</summary>
internal sealed class People(
    string meeting, MeetingState state, MeetingRooms rooms, RouteDriver driver, GroupDesk group, Entrance entrance, Admission admission, MeetingSurroundings surroundings, NodeActivity activity, TimeProvider time)
{
    /// <summary>Lets a participant in, or gives it its place back.</summary>
    public async Task<Joined> JoinAsync(MeetingRecord record, JoinRequest request, JoinOrigin origin, IParticipantObserver observer)
    {
        JoinRequest checkedRequest = request with { Name = TextRules.NameIn(record.IsEncrypted, request.Name) };
        Dictionary<string, SourceKind> sources = SourceNames.ParseTracks(request.Tracks);
        bool isHost = HostKeys.IsHost(request.HostKey, record);
        Geofence? fence = FenceOf(request);
        ResumeFacts? resume = admission.Resume(request.Resume, meeting, state);
        if (resume is null)
            admission.Check(record, state);

        Participant? kept = resume is null ? null : state.Roster.Find(resume.Participant);
        string id = kept?.Id ?? resume?.Participant ?? RandomIds.Participant();
        MediaOffer offer = new() { Participant = id, Sdp = request.Offer, Sources = sources };
        if (kept is not null && IsAsBefore(kept, fence, origin.Country, isHost) && driver.NodeOf(id) is { } node)
        {
            MediaAnswer answer = await entrance.ConnectAsync(node, offer);
            MediaTransport transport = new(node, answer.Transport);
            if (state.Roster.Find(id) != kept)
            {
                rooms.Close(transport);
                throw Refusals.NotJoined();
            }

            kept.Replace(transport);
            Seat(kept, checkedRequest, origin.Connection, observer);
            TellUpdated(kept);
            return Welcome(record, kept, answer, node, request.Group);
        }

        Dictionary<string, double> roundTrips = request.Place is null ? RoundTrips.Check(request.RoundTrips) : [];
        Newcomer newcomer = new(id, checkedRequest.Name, origin.Country, origin.Connection, observer);
        Joined? joined = null;
        try
        {
            await entrance.EnterAsync(newcomer, surroundings.Wish(id, origin.Country, fence, roundTrips, isHost), offer, arrival =>
            {
                Participant person = state.Roster.Find(id) ?? Add(newcomer, resume);
                person.Country = origin.Country;
                person.Fence = fence;
                person.IsHost = isHost;
                person.Replace(arrival.Transport);
                Seat(person, checkedRequest, origin.Connection, observer);
                Arrive(person, isNew: kept is null);
                joined = Welcome(record, person, arrival.Answer, arrival.Transport.Node, request.Group);
            });
        }
        catch when (kept is not null && state.Roster.Find(id) == kept)
        {
            // Its place in the route is gone: so is the other.
            state.Remove(kept);
            throw;
        }

        return joined!;
    }

    /// <summary>Answers a re-offer, or the offer of a new peer connection.</summary>
    public async Task<Negotiated> NegotiateAsync(Participant person, NegotiateRequest request)
    {
        Dictionary<string, SourceKind> sources = SourceNames.ParseTracks(request.Tracks);
        if (!request.Restart)
        {
            if (person.Transport is not { } current || rooms.Find(current.Node) is null)
                throw Refusals.OfferRefused("The transport of this re-offer has ended. Make a new peer connection and negotiate with restart.");
            string again = await rooms.AskAsync(current.Node, (room, death) => room.RenegotiateAsync(current.Id, request.Offer, sources, death));
            return new Negotiated(again, Show(current.Node));
        }

        string node = driver.NodeOf(person.Id) ?? throw Refusals.NotJoined();
        MediaAnswer answer = await entrance.ConnectAsync(node, new MediaOffer { Participant = person.Id, Sdp = request.Offer, Sources = sources });
        MediaTransport transport = new(node, answer.Transport);
        if (state.Roster.Find(person.Id) != person)
        {
            rooms.Close(transport);
            throw Refusals.NotJoined();
        }

        person.Replace(transport);
        ApplyMutes(person);
        return new Negotiated(answer.Sdp, Show(node, answer));
    }

    /// <summary>Tells a participant's newest transport what of it is off.</summary>
    public void ApplyMutes(Participant person)
    {
        if (person.Transport is not { } transport || rooms.Find(transport.Node) is not { } room)
            return;
        room.SetMuted(transport.Id, SourceKind.Microphone, !person.Microphone);
        room.SetMuted(transport.Id, SourceKind.Camera, !person.Camera);
    }

    /// <summary>Tells the others that something about a participant has changed.</summary>
    public void TellUpdated(Participant person)
    {
        ParticipantInfo info = person.Info;
        state.Tell(observer => observer.ParticipantUpdated(info), except: person);
    }

    private static Geofence? FenceOf(JoinRequest request) => request.Fence?.ToGeofence() is { IsOpen: false } fence ? fence : null;

    private static bool IsAsBefore(Participant kept, Geofence? fence, string country, bool isHost) =>
        kept.Country == country && kept.IsHost == isHost && AreSame(kept.Fence?.Allow, fence?.Allow) && AreSame(kept.Fence?.Deny, fence?.Deny);

    private static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => one is null ? other is null : other is not null && one.SequenceEqual(other);

    private Participant Add(Newcomer newcomer, ResumeFacts? resume)
    {
        Participant person = new()
        {
            Id = newcomer.Id,
            Name = newcomer.Name,
            Country = newcomer.Country,
            Since = resume?.Since ?? state.Roster.NextSince(time.GetUtcNow()),
            Shown = true,
        };
        state.Add(person);
        return person;
    }

    private void Seat(Participant person, JoinRequest request, string connection, IParticipantObserver observer)
    {
        if (person.Observer is { } before && person.Connection != connection)
            before.Ended("replaced", null).Ignore();
        person.Name = request.Name;
        person.Microphone = request.Microphone;
        person.Camera = request.Camera;
        person.Connection = connection;
        person.Observer = observer;
        person.LostAt = null;
        ApplyMutes(person);
    }

    private void Arrive(Participant person, bool isNew)
    {
        activity.CountJoin();
        if (!isNew)
        {
            TellUpdated(person);
            return;
        }

        ParticipantInfo info = person.Info;
        state.Tell(observer => observer.ParticipantJoined(info), except: person);
    }

    private Joined Welcome(MeetingRecord record, Participant person, MediaAnswer answer, string node, GroupPosition? position)
    {
        if (person.IsHost)
        {
            foreach (TightenQuestion question in driver.Questions)
                person.Observer?.TightenAsked(question).Ignore();
        }

        return new Joined
        {
            Participant = person.Id,
            Resume = admission.Token(meeting, person),
            Answer = answer.Sdp,
            Meeting = MeetingFacts.ToInfo(record),
            Participants = state.Roster.Infos(),
            Slots = [],
            Speaker = state.SpeakerAt(node),
            Host = person.IsHost,
            Place = person.Country,
            Node = Show(node, answer),
            Route = driver.View,
            Encryption = record.IsEncrypted ? group.Enter(person, position) : GroupEntry.Off,
        };
    }

    private NodeInfo Show(string node, MediaAnswer? answer = null) => new(node, surroundings.RegionOf(node) ?? "", surroundings.Nodes.Find(node)?.Statement) { Tunnel = answer?.Tunnel };
}
