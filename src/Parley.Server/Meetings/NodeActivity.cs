namespace Parley.Server.Meetings;

/// <summary>What goes on at this node, counted for operators.</summary>
internal sealed class NodeActivity(TimeProvider time)
{
    private int _meetings;
    private int _participants;
    private int _sessions;
    private long _joins;

    /// <summary>When the node started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Meetings with someone in them.</summary>
    public int Meetings => Volatile.Read(ref _meetings);

    /// <summary>Participants, WHIP publishers included.</summary>
    public int Participants => Volatile.Read(ref _participants);

    /// <summary>WHIP and WHEP sessions.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Joins since the start, resumed ones included.</summary>
    public long Joins => Interlocked.Read(ref _joins);

    /// <summary>Whether the node is going down: nobody is let in any more.</summary>
    public bool Stopping { get; set; }

    /// <summary>A meeting got its first, or lost its last.</summary>
    public void AddMeetings(int change) => Interlocked.Add(ref _meetings, change);

    /// <summary>Participants came or went.</summary>
    public void AddParticipants(int change) => Interlocked.Add(ref _participants, change);

    /// <summary>Sessions came or went.</summary>
    public void AddSessions(int change) => Interlocked.Add(ref _sessions, change);

    /// <summary>Someone joined.</summary>
    public void CountJoin() => Interlocked.Increment(ref _joins);
}
