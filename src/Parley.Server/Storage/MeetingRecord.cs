namespace Parley.Server.Storage;

/// <summary>A meeting as it is stored.</summary>
internal sealed class MeetingRecord
{
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

    /// <summary>When it was created, Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When its host ended it, Unix milliseconds; null before.</summary>
    public long? EndedAt { get; set; }
}
