using Parley.Rtc.Primitives;

namespace Parley.Simulation.Worlds;

/// <summary>The only clock of a world: it stands still until the world moves it.</summary>
public sealed class VirtualClock
{
    /// <summary>The time.</summary>
    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1000);

    /// <summary>Moves on; a time that has passed changes nothing.</summary>
    public void AdvanceTo(MonotonicTime time)
    {
        if (time > Now)
            Now = time;
    }
}
