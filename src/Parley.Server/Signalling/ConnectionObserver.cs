using Microsoft.AspNetCore.SignalR;
using Parley.Server.Encryption.Events;
using Parley.Server.Meetings;
using Parley.Server.Problems;
using Parley.Server.Routes;

namespace Parley.Server.Signalling;

/// <summary>Sends a meeting's events to one connection.</summary>
internal sealed class ConnectionObserver(IHubContext<MeetingHub> clients, string connection) : IParticipantObserver
{
    private readonly EventOutbox _outbox = new((name, argument) => clients.Clients.Client(connection).SendAsync(name, argument));

    /// <summary>The client is about to come into the group anew: it is told of the group again.</summary>
    public void Reopen() => _outbox.Reopen();

    /// <inheritdoc />
    public Task ParticipantJoined(ParticipantInfo participant) => Send("participantJoined", participant);

    /// <inheritdoc />
    public Task ParticipantUpdated(ParticipantInfo participant) => Send("participantUpdated", participant);

    /// <inheritdoc />
    public Task ParticipantLeft(string id) => Send("participantLeft", new { id });

    /// <inheritdoc />
    public Task SlotChanged(SlotInfo slot) => Send("slotChanged", slot);

    /// <inheritdoc />
    public Task SpeakerChanged(SpeakerInfo speaker) => Send("speakerChanged", speaker);

    /// <inheritdoc />
    public Task Quality(Dictionary<string, int> levels) => Send("quality", new { levels });

    /// <inheritdoc />
    public Task MediaLost(string reason) => Send("mediaLost", new { reason });

    /// <inheritdoc />
    public Task MeetingChanged(MeetingInfo meeting) => Send("meetingChanged", new { meeting.Title, meeting.Locked });

    /// <inheritdoc />
    public Task JoinWaiting(string reason) => Send("joinWaiting", new { reason });

    /// <inheritdoc />
    public Task Move(MoveInfo move) => Send("move", move);

    /// <inheritdoc />
    public Task RouteChanged(RouteInfo route) => Send("routeChanged", route);

    /// <inheritdoc />
    public Task TightenAsked(TightenQuestion question) => Send("tightenAsked", question);

    /// <inheritdoc />
    public Task TightenWithdrawn(string request) => Send("tightenWithdrawn", new { request });

    /// <inheritdoc />
    public Task Group(GroupEvent told)
    {
        _outbox.Send(told);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Ended(string reason, Problem? problem) => Send("ended", problem is null ? new { reason } : new { reason, problem });

    private Task Send(string name, object argument)
    {
        _outbox.Send(name, argument);
        return Task.CompletedTask;
    }
}
