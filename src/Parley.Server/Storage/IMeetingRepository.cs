namespace Parley.Server.Storage;

/// <summary>The stored meetings. What a call has acknowledged survives a crash.</summary>
internal interface IMeetingRepository
{
    /// <summary>Stores a new meeting.</summary>
    Task AddAsync(MeetingRecord meeting, CancellationToken cancellation = default);

    /// <summary>Finds a meeting; null when there is none.</summary>
    Task<MeetingRecord?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>Stores a meeting's changed facts.</summary>
    Task UpdateAsync(MeetingRecord meeting, CancellationToken cancellation = default);

    /// <summary>Reads something, so that a database that does not answer throws.</summary>
    Task CheckAsync(CancellationToken cancellation = default);
}
