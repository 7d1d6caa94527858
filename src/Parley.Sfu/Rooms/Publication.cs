using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>A track that a transport publishes, or that another shard relays, and the source it is for the room.</summary>
public sealed class Publication
{
    /// <summary>Makes a publication that has sent nothing.</summary>
    public Publication(Room room, IPublisher publisher, Track track, SourceId id, Generation generation)
    {
        Room = room;
        Publisher = publisher;
        Track = track;
        Id = id;
        Generation = generation;
    }

    /// <summary>The room.</summary>
    public Room Room { get; }

    /// <summary>Where it comes from.</summary>
    public IPublisher Publisher { get; }

    /// <summary>The m-line and its layers.</summary>
    public Track Track { get; }

    /// <summary>Which of the participant's sources it is.</summary>
    public SourceId Id { get; }

    /// <summary>How new it is.</summary>
    public Generation Generation { get; }

    /// <summary>The room's source that it feeds; null before its first packet, and after another publication of the source took over.</summary>
    public Source? Source { get; set; }

    /// <summary>Whether its participant muted it.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Whether a newer publication took its source over: its packets are of no use any more.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Whether it takes its source over from the publication that feeds it. On one shard the later to start wins among equals, which a relay cannot tell.</summary>
    public bool Supersedes(Publication other) => Publisher.Relay is null && other.Publisher.Relay is null
        ? Generation.Since >= other.Generation.Since
        : Generation.IsNewerThan(other.Generation);
}
