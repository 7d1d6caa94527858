namespace Parley.Routing.Routes;

/// <summary>The time as a route is told it.</summary>
/// <param name="Milliseconds">Of a clock that never jumps; only differences count.</param>
/// <param name="UtcSeconds">Seconds since 1970 in UTC, for what other nodes read; may be off.</param>
public readonly record struct RouteTime(long Milliseconds, long UtcSeconds);
