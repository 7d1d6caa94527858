using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Meetings;

/// <summary>Puts a meeting's delivery service between its people: who comes and goes goes in, what is to be told or done comes out. All on the grain's scheduler.</summary>
internal sealed class GroupDesk(MeetingState state, MeetingSurroundings surroundings)
{
    private readonly DeliveryService _service = new();

    /// <summary>Whether <see cref="Tick"/> would do something for the time alone.</summary>
    public bool IsDue => _service.NextDeadline <= surroundings.Now.Milliseconds;

    /// <summary>Somebody came in, or has another connection.</summary>
    public GroupEntry Enter(Participant person, GroupPosition? kept)
    {
        GroupEntry entry = _service.Enter(person.Id, person.Since, kept, surroundings.Now);
        Drain();
        return entry;
    }

    /// <summary>Somebody has lost the connection.</summary>
    public void Disconnect(string participant)
    {
        _service.Disconnect(participant, surroundings.Now);
        Drain();
    }

    /// <summary>Somebody is gone; unknown ids are let pass.</summary>
    public void Leave(string participant)
    {
        _service.Leave(participant, surroundings.Now);
        Drain();
    }

    /// <summary>Takes a member's call.</summary>
    /// <exception cref="Problems.ProblemException">It is refused.</exception>
    public void Handle(string participant, GroupCall call)
    {
        _service.Handle(participant, call, surroundings.Now);
        Drain();
    }

    /// <summary>The commits that a member has missed.</summary>
    /// <exception cref="Problems.ProblemException">They are not kept any more, or it is no member.</exception>
    public GroupCommits CatchUp(string participant, GroupPosition from) => _service.CatchUp(participant, from);

    /// <summary>Lets time pass.</summary>
    public void Tick()
    {
        _service.Tick(surroundings.Now);
        Drain();
    }

    private void Drain()
    {
        // Whoever is taken out is gone at once, which comes back here: the queue is one.
        while (_service.TryTake(out DeliveryAction action))
        {
            if (action.Event is { } told)
                state.Roster.Find(action.Participant)?.Observer?.Group(told).Ignore();
            else if (action.Expulsion is { } why)
                state.End(action.Participant, why);
        }
    }
}
