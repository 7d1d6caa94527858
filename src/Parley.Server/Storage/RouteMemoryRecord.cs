namespace Parley.Server.Storage;

/// <summary>What a meeting's route must be told again after a restart, as it is stored.</summary>
internal sealed class RouteMemoryRecord
{
    /// <summary>The meeting's id.</summary>
    public required string Meeting { get; init; }

    /// <summary>The memory, as <see cref="RouteMemoryText"/> writes it.</summary>
    public required string Text { get; set; }
}
