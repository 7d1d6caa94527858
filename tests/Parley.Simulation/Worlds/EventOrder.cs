namespace Parley.Simulation.Worlds;

/// <summary>The order of events: by time, then by age, so that a run is the same every time.</summary>
/// <param name="Ticks">When.</param>
/// <param name="Age">The event's number.</param>
public readonly record struct EventOrder(long Ticks, long Age) : IComparable<EventOrder>
{
    /// <inheritdoc />
    public int CompareTo(EventOrder other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Age.CompareTo(other.Age);

    public static bool operator <(EventOrder left, EventOrder right) => left.CompareTo(right) < 0;

    public static bool operator <=(EventOrder left, EventOrder right) => left.CompareTo(right) <= 0;

    public static bool operator >(EventOrder left, EventOrder right) => left.CompareTo(right) > 0;

    public static bool operator >=(EventOrder left, EventOrder right) => left.CompareTo(right) >= 0;
}
