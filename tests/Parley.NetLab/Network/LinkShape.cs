namespace Parley.NetLab.Network;

/// <summary>One direction of a way through the network.</summary>
internal sealed record LinkShape
{
    /// <summary>How long a packet takes at least.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer it may take, evenly spread. Packets of one way stay in order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of packets that is lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Bits a second.</summary>
    public long Rate { get; init; } = 1_000_000_000;

    /// <summary>Bytes that may wait for their turn; what comes on top is dropped.</summary>
    public int Queue { get; init; } = 256 * 1024;

    /// <summary>A way that takes this long.</summary>
    public static LinkShape Of(double milliseconds) => new() { Delay = TimeSpan.FromMilliseconds(milliseconds) };
}
