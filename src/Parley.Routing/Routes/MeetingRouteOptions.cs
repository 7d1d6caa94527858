using Parley.Routing.Regions;

namespace Parley.Routing.Routes;

/// <summary>What a meeting's route is told once.</summary>
public sealed record MeetingRouteOptions
{
    /// <summary>The meeting's id: its home region, a hyphen, and letters without a hyphen.</summary>
    public required string Meeting { get; init; }

    /// <summary>The control node that runs the meeting and signs its grants; a node of the home region.</summary>
    public required string Issuer { get; init; }

    /// <summary>The most that a newcomer's fence may add to anybody's expected delay without the host being asked, ms.</summary>
    public double TightenLimit { get; init; } = 100;

    /// <summary>Serials of grants rise from here. Must be above all that were used for the meeting before, as far as known; 0: from the time at the start.</summary>
    public long FirstSerial { get; init; }

    /// <summary>
    /// What a route before this one remembered, as the control node kept it over its restart. Until every grant of that route has run out, its people's fences and countries count, since their
    /// media goes on while they come again; and nobody is admitted under a fence that forbids one of its nodes before that has confirmed a revocation.
    /// </summary>
    public RouteMemory Former { get; init; } = RouteMemory.None;

    /// <summary>The epoch of the last plan before; 0 for a new meeting.</summary>
    public long FirstEpoch { get; init; }

    /// <summary>What plans.</summary>
    public RoutePlanner Planner { get; init; } = Planning.Planner.Plan;

    /// <summary>The home region: what stands before the last hyphen of <see cref="Meeting"/>.</summary>
    public string Home => MeetingHome.Of(Meeting) ?? throw new ArgumentException($"'{Meeting}' names no home region.");
}
