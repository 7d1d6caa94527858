using Parley.Routing.Geofences;

namespace Parley.Server.Storage;

/// <summary>A meeting as it is stored.</summary>
internal sealed class MeetingRecord
{
    /// <summary>The <see cref="TightenLimit"/> of a new meeting, milliseconds.</summary>
    public const int DefaultTightenLimit = 100;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its title, empty without.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether nobody else may join.</summary>
    public bool Locked { get; set; }

    /// <summary>SHA-256 of the host key; the key itself is never stored.</summary>
    public required byte[] HostKeyHash { get; init; }

    /// <summary>The region where its control state lives.</summary>
    public required string HomeRegion { get; init; }

    /// <summary>The meeting's own geofence, edited by its host.</summary>
    public Geofence Geofence { get; set; } = Geofence.Open;

    /// <summary>How much a newcomer's fence may lengthen anyone's expected delay without a host being asked, milliseconds.</summary>
    public int TightenLimit { get; set; } = DefaultTightenLimit;

    /// <summary>When it was created, Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>Whether media, chat and names are encrypted end to end.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>When somebody first joined, Unix milliseconds; null before. From then on <see cref="IsEncrypted"/> stays.</summary>
    public long? FirstJoinedAt { get; set; }

    /// <summary>When its host ended it, Unix milliseconds; null before.</summary>
    public long? EndedAt { get; set; }
}
