namespace Parley.Server.Configuration;

/// <summary>What one client address (IPv6: one /64 network) may do; loopback has <see cref="LoopbackFactor"/> times as much.</summary>
public sealed record AddressLimits
{
    /// <summary>Meetings created a minute, and as many at once.</summary>
    public int CreationsPerMinute { get; init; } = 60;

    /// <summary>Look-ups of meetings that do not exist a minute, and as many at once.</summary>
    public int UnknownLookupsPerMinute { get; init; } = 60;

    /// <summary>Route previews a minute, and as many at once: each is planned.</summary>
    public int PreviewsPerMinute { get; init; } = 120;

    /// <summary>Hub connections open at once.</summary>
    public int Connections { get; init; } = 1000;

    /// <summary>How many times as much loopback may do.</summary>
    public int LoopbackFactor { get; init; } = 100;
}
