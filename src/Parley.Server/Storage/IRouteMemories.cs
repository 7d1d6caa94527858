namespace Parley.Server.Storage;

/// <summary>What meetings' routes must be told again after a restart. What a call has acknowledged survives a crash.</summary>
internal interface IRouteMemories
{
    /// <summary>A meeting's memory, as <see cref="RouteMemoryText"/> writes it; null: none.</summary>
    Task<string?> FindAsync(string meeting, CancellationToken cancellation = default);

    /// <summary>Stores a meeting's memory in place of the one before; null: none.</summary>
    Task StoreAsync(string meeting, string? text, CancellationToken cancellation = default);
}
