using Parley.Server.Nodes;

namespace Parley.Server.Meetings;

/// <summary>Who is in a meeting, and the one order of joining.</summary>
internal sealed class Roster
{
    private readonly Dictionary<string, Participant> _people = [];
    private long _lastSince;

    /// <summary>How many there are.</summary>
    public int Count => _people.Count;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<Participant> All => _people.Values;

    /// <summary>Finds one by id; null when it is not there.</summary>
    public Participant? Find(string id) => _people.GetValueOrDefault(id);

    /// <summary>Finds one by a transport of its own; null when none has it.</summary>
    public Participant? Find(MediaTransport transport) => _people.Values.FirstOrDefault(person => person.Transports.Contains(transport));

    /// <summary>Adds one.</summary>
    public void Add(Participant participant)
    {
        _people.Add(participant.Id, participant);
        _lastSince = Math.Max(_lastSince, participant.Since);
    }

    /// <summary>Takes one out; false when it was not there.</summary>
    public bool Remove(string id) => _people.Remove(id);

    /// <summary>The next place in the order of joining: Unix milliseconds, so that it goes on rising over a restart, and never one twice.</summary>
    public long NextSince(DateTimeOffset now) => Math.Max(_lastSince + 1, now.ToUnixTimeMilliseconds());

    /// <summary>Those whose connection was lost longer ago than <paramref name="window"/>.</summary>
    public Participant[] Expired(DateTimeOffset now, TimeSpan window) => [.. _people.Values.Where(person => person.LostAt is { } lost && now - lost >= window)];

    /// <summary>Everyone whom the others know of, in the order of joining.</summary>
    public ParticipantInfo[] Infos() => [.. _people.Values.Where(person => person.Shown).OrderBy(person => person.Since).Select(person => person.Info)];
}
