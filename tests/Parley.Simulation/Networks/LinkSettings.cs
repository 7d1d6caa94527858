namespace Parley.Simulation.Networks;

/// <summary>How one direction of a path behaves.</summary>
public sealed record LinkSettings
{
    /// <summary>A path without faults: 20 ms and nothing else.</summary>
    public static LinkSettings Clean { get; } = new();

    /// <summary>What issue 3 asks for: 5 % loss in bursts, 60 ms of jitter, reordering, duplicates.</summary>
    public static LinkSettings Rough { get; } = new()
    {
        Loss = 0.05,
        MeanBurst = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(60),
        Reordering = 0.02,
        ReorderingDelay = TimeSpan.FromMilliseconds(30),
        Duplication = 0.01,
    };

    /// <summary>What every packet takes.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The most that queues elsewhere add; it wanders within this bound and keeps the order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The mean time between two changes of the jitter.</summary>
    public TimeSpan JitterPeriod { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The share of packets that are lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>How long a burst of loss lasts on average (Gilbert-Elliott).</summary>
    public TimeSpan MeanBurst { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The share of packets that others overtake.</summary>
    public double Reordering { get; init; }

    /// <summary>The most that an overtaken packet is held back.</summary>
    public TimeSpan ReorderingDelay { get; init; }

    /// <summary>The share of packets that arrive twice.</summary>
    public double Duplication { get; init; }

    /// <summary>Bits a second; 0 for as many as come.</summary>
    public long Rate { get; init; }

    /// <summary>The longest that a packet may wait for the rate; one that would wait longer is lost.</summary>
    public TimeSpan Queue { get; init; } = TimeSpan.FromMilliseconds(300);
}
