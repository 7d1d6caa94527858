using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Parley.Rtc.Sdp;
using Parley.Server.Configuration;
using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;
using Parley.Server.Meetings;
using Parley.Server.Places;
using Parley.Server.Problems;

namespace Parley.Server.Signalling;

/// <summary>The hub of docs/protocol.md. A connection is in one meeting at a time; the meeting's grain does the work.</summary>
internal sealed class MeetingHub(
    MeetingDoor door, PlaceFinder places, IGrainFactory grains, IHubContext<MeetingHub> clients, NodeOptions options, TimeProvider time)
    : Hub
{
    private const int MaximumOffer = SdpLimits.MaximumLength;
    private const int MostWishes = 128;
    private const int LargestHeight = 8192;

    private Seat? Seat
    {
        get => Context.Items.TryGetValue(typeof(Seat), out object? seat) ? seat as Seat : null;
        set => Context.Items[typeof(Seat)] = value;
    }

    private SeatDeadline Deadline => (SeatDeadline)Context.Items[typeof(SeatDeadline)]!;

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(SeatDeadline)] = new SeatDeadline(Context, options.SeatTimeout, time);
        return Task.CompletedTask;
    }

    /// <summary>Joins a meeting.</summary>
    [HubMethodName("join")]
    public async Task<Joined> Join(JsonElement argument)
    {
        JoinRequest request = HubJson.Read<JoinRequest>(argument);
        CheckOffer(request.Offer);
        if (Seat is not null)
            throw Refusals.AlreadyJoined();
        Caller caller = Caller.AtHub(Context.GetHttpContext());
        IMeetingGrain meeting = await door.OpenAsync(request.Meeting, caller, Context.ConnectionAborted);
        JoinOrigin origin = new(Context.ConnectionId, places.Find(caller.Address, request.Place));
        ConnectionObserver observer = new(clients, Context.ConnectionId);
        IParticipantObserver reference = grains.CreateObjectReference<IParticipantObserver>(observer);
        Joined joined;
        Deadline.Stop();
        try
        {
            // Whoever waits for a host may lose patience.
            await using CancellationTokenRegistration lost = Context.ConnectionAborted.Register(() => meeting.GiveUp(origin.Connection).Ignore());
            joined = await meeting.Join(request, origin, reference);
        }
        catch
        {
            Deadline.Start();
            grains.DeleteObjectReference<IParticipantObserver>(reference);
            throw;
        }

        // The grain runtime holds observers weakly, and this one must have lived until here.
        Seat = new Seat(meeting, joined.Participant, observer, reference);

        // The connection may have been lost meanwhile, when there was no seat to give up yet.
        if (Context.ConnectionAborted.IsCancellationRequested)
            await GiveUpSeatAsync();
        return joined;
    }

    /// <summary>Answers a re-offer.</summary>
    [HubMethodName("negotiate")]
    public async Task<NegotiateAnswer> Negotiate(JsonElement argument)
    {
        NegotiateRequest request = HubJson.Read<NegotiateRequest>(argument);
        CheckOffer(request.Offer);
        Seat seat = RequireSeat();
        Negotiated negotiated = await seat.Meeting.Negotiate(seat.Participant, Context.ConnectionId, request);
        return new NegotiateAnswer(negotiated.Answer, negotiated.Node);
    }

    /// <summary>Says which pictures are wanted.</summary>
    [HubMethodName("view")]
    public Task View(JsonElement argument)
    {
        Wish[] wishes = HubJson.Read<ViewRequest>(argument).Wishes;
        if (wishes.Length > MostWishes)
            throw Refusals.BadField("wishes", $"may list at most {MostWishes} pictures.");
        if (wishes.Any(static wish => wish is null || wish.Participant is null || wish.Source is null || wish.Height is < 0 or > LargestHeight))
            throw Refusals.BadField("wishes", $"must each have a participant, a source and a height from 0 to {LargestHeight}.");
        Seat seat = RequireSeat();
        return seat.Meeting.View(seat.Participant, Context.ConnectionId, wishes);
    }

    /// <summary>Says what is on.</summary>
    [HubMethodName("media")]
    public Task Media(JsonElement argument)
    {
        MediaRequest request = HubJson.Read<MediaRequest>(argument);
        Seat seat = RequireSeat();
        return seat.Meeting.Media(seat.Participant, Context.ConnectionId, request.Microphone, request.Camera);
    }

    /// <summary>Changes the own name.</summary>
    [HubMethodName("rename")]
    public Task Rename(JsonElement argument)
    {
        RenameRequest request = HubJson.Read<RenameRequest>(argument);
        Seat seat = RequireSeat();
        return seat.Meeting.Rename(seat.Participant, Context.ConnectionId, request.Name);
    }

    /// <summary>Decides about a newcomer's fence.</summary>
    [HubMethodName("decideTighten")]
    public Task DecideTighten(JsonElement argument)
    {
        DecideRequest request = HubJson.Read<DecideRequest>(argument);
        Seat seat = RequireSeat();
        return seat.Meeting.DecideTighten(seat.Participant, Context.ConnectionId, request.Request, request.Accept);
    }

    /// <summary>The group exists.</summary>
    [HubMethodName("mlsCreate")]
    public Task MlsCreate(JsonElement argument) => CallGroup<CreateGroup>(argument);

    /// <summary>Asks to be added to the group.</summary>
    [HubMethodName("mlsJoin")]
    public Task MlsJoin(JsonElement argument)
    {
        RequireSeat().Observer.Reopen();
        return CallGroup<JoinGroup>(argument);
    }

    /// <summary>Commits the group's next epoch.</summary>
    [HubMethodName("mlsCommit")]
    public Task MlsCommit(JsonElement argument) => CallGroup<CommitGroup>(argument);

    /// <summary>Sends something to all members.</summary>
    [HubMethodName("mlsMessage")]
    public Task MlsMessage(JsonElement argument) => CallGroup<SendToGroup>(argument);

    /// <summary>Confirms an epoch.</summary>
    [HubMethodName("mlsConfirm")]
    public Task MlsConfirm(JsonElement argument) => CallGroup<ConfirmEpoch>(argument);

    /// <summary>Refuses a newcomer.</summary>
    [HubMethodName("mlsRefuse")]
    public Task MlsRefuse(JsonElement argument) => CallGroup<RefuseNewcomer>(argument);

    /// <summary>Brings the commits that the caller has missed.</summary>
    [HubMethodName("mlsCatchUp")]
    public Task<GroupCommits> MlsCatchUp(JsonElement argument)
    {
        GroupPosition from = HubJson.Read<GroupPosition>(argument);
        Seat seat = RequireSeat();
        return seat.Meeting.CatchUp(seat.Participant, Context.ConnectionId, from);
    }

    /// <summary>Leaves the meeting.</summary>
    [HubMethodName("leave")]
    public async Task Leave()
    {
        Seat seat = RequireSeat();
        Seat = null;
        Deadline.Start();
        grains.DeleteObjectReference<IParticipantObserver>(seat.Reference);
        await seat.Meeting.Leave(seat.Participant, Context.ConnectionId);
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Deadline.Dispose();
        return GiveUpSeatAsync();
    }

    private static void CheckOffer(string offer)
    {
        if (offer.Length > MaximumOffer)
            throw Refusals.OfferTooLarge(MaximumOffer);
    }

    private Task CallGroup<T>(JsonElement argument)
        where T : GroupCall
    {
        T call = HubJson.Read<T>(argument);
        call.Check();
        Seat seat = RequireSeat();
        return seat.Meeting.Group(seat.Participant, Context.ConnectionId, call);
    }

    private async Task GiveUpSeatAsync()
    {
        if (Seat is not { } seat)
            return;
        Seat = null;
        grains.DeleteObjectReference<IParticipantObserver>(seat.Reference);
        await seat.Meeting.ConnectionLost(seat.Participant, Context.ConnectionId);
    }

    private Seat RequireSeat() => Seat ?? throw Refusals.NotJoined();
}
