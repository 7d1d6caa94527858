using System.Text.Json.Serialization;

namespace Parley.Server.Encryption.Events;

/// <summary>What the delivery service tells a member: the events of docs/protocol.md whose names begin with <c>mls</c>.</summary>
[GenerateSerializer]
[Immutable]
internal abstract record GroupEvent
{
    /// <summary>The group that it is about.</summary>
    public abstract long Generation { get; init; }

    /// <summary>The event's name.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>How much text waits in memory while this event does, characters.</summary>
    [JsonIgnore]
    public abstract int Size { get; }
}
