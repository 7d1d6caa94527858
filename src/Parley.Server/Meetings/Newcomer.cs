using Parley.Routing.Routes;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>Somebody on the way in: from the wish to join until they have a transport.</summary>
/// <param name="id">The participant's id.</param>
/// <param name="name">Their name.</param>
/// <param name="country">Where they are.</param>
/// <param name="connection">Their hub connection; null for WHIP and WHEP.</param>
/// <param name="observer">Where to say what they wait for; null as <paramref name="connection"/>.</param>
internal sealed class Newcomer(string id, string name, string country, string? connection, IParticipantObserver? observer)
{
    private readonly TaskCompletionSource<JoinDecision> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The participant's id.</summary>
    public string Id => id;

    /// <summary>Their name.</summary>
    public string Name => name;

    /// <summary>Where they are.</summary>
    public string Country => country;

    /// <summary>Their hub connection.</summary>
    public string? Connection => connection;

    /// <summary>Where to say what they wait for.</summary>
    public IParticipantObserver? Observer => observer;

    /// <summary>What becomes of them.</summary>
    public Task<JoinDecision> Decision => _decided.Task;

    /// <summary>Why they cannot stay, decided after they were admitted; null: they can.</summary>
    public ProblemException? Ended { get; private set; }

    /// <summary>Notes the decision.</summary>
    public void Decide(JoinDecision decision) => _decided.TrySetResult(decision);

    /// <summary>Notes that they cannot stay after all.</summary>
    public void End(ProblemException why)
    {
        Ended = why;
        _decided.TrySetCanceled();
    }

    /// <summary>They have given up.</summary>
    public void GiveUp() => _decided.TrySetCanceled();
}
