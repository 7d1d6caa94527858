using System.Net;

namespace Parley.Cli.Load;

/// <summary>What load to make.</summary>
public sealed record LoadOptions
{
    /// <summary>The node.</summary>
    public required Uri Node { get; init; }

    /// <summary>An existing meeting's id; null makes one.</summary>
    public string? Meeting { get; init; }

    /// <summary>How many people send.</summary>
    public int Publishers { get; init; } = 1;

    /// <summary>How many people watch.</summary>
    public int Subscribers { get; init; } = 10;

    /// <summary>How many publishers each subscriber watches: the first ones that are not itself. Subscriber i and publisher i are one person.</summary>
    public int Watched { get; init; } = 1;

    /// <summary>Video of each publisher, bits/s of payload.</summary>
    public int Bitrate { get; init; } = 1_500_000;

    /// <summary>Frames a second.</summary>
    public int FrameRate { get; init; } = 30;

    /// <summary>How long is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long everybody runs before measuring begins.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The server's process id, for its processor time and memory; null when it is not on this machine.</summary>
    public int? ServerProcess { get; init; }

    /// <summary>The local address of the load's sockets.</summary>
    public IPAddress LocalAddress { get; init; } = IPAddress.Loopback;
}
