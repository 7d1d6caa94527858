using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>A track that a transport publishes, and the source it is for the room.</summary>
public sealed class Publication
{
    /// <summary>Makes a publication that has sent nothing.</summary>
    public Publication(Connection connection, Track track, SourceId id)
    {
        Connection = connection;
        Track = track;
        Id = id;
    }

    /// <summary>Whose transport publishes it.</summary>
    public Connection Connection { get; }

    /// <summary>The m-line and its layers.</summary>
    public Track Track { get; }

    /// <summary>Which of the participant's sources it is.</summary>
    public SourceId Id { get; }

    /// <summary>The room's source that it feeds; null before its first packet, and after another transport of the participant took over.</summary>
    public Source? Source { get; set; }

    /// <summary>Whether its participant muted it.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Whether another transport of the participant took its source over: its packets are of no use any more.</summary>
    public bool IsSuperseded { get; set; }
}
