namespace Parley.Routing.Tests.Histories;

/// <summary>Carries control messages between the home and the nodes: late, out of order, twice, or not at all; never later than the carrier's bound unless it is a repeat.</summary>
internal sealed class ControlNetwork(VirtualTime time, int seed, int weather)
{
    private readonly Random _random = new(seed);

    /// <summary>Whether everything arrives soon, once and in order.</summary>
    public bool IsMended { get; set; }

    /// <summary>A message of its own: a grant, a revocation or an answer.</summary>
    public void Send(Action deliver)
    {
        if (!IsMended && _random.NextDouble() < 0.12 * weather)
            return;
        time.In(Delay(), deliver);
        if (!IsMended && weather > 0 && _random.NextDouble() < 0.15)
            time.In(5_000 + _random.Next(0, 40_000), deliver);
    }

    /// <summary>A delay of a stream that keeps its order.</summary>
    public long Soon() => IsMended ? 10 : _random.Next(5, 150);

    private long Delay() => !IsMended && _random.NextDouble() < 0.05 * weather ? _random.Next(500, 4_900) : Soon();
}
