using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>Where a publication comes from: a transport of this shard, or a relay link.</summary>
public interface IPublisher
{
    /// <summary>The transport; the default value when it is relayed.</summary>
    TransportId Id { get; }

    /// <summary>The relay link; null when it is published here.</summary>
    RelayLinkId? Relay { get; }

    /// <summary>Has what is due of its requests sent at <paramref name="at"/> at the latest.</summary>
    void WakeBy(MonotonicTime at);
}
