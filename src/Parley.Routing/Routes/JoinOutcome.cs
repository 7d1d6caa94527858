namespace Parley.Routing.Routes;

/// <summary>What becomes of somebody who wants to take part.</summary>
public enum JoinOutcome
{
    /// <summary>They take part, on a node that holds a grant.</summary>
    Admitted,

    /// <summary>Their node is being granted the meeting; nobody else is concerned. The decision follows as <see cref="DecideNewcomer"/>.</summary>
    Preparing,

    /// <summary>Their stricter fence takes effect first: the route is being changed. The decision follows as <see cref="DecideNewcomer"/>.</summary>
    Tightening,

    /// <summary>The host is asked whether their stricter fence may take effect. The decision follows as <see cref="DecideNewcomer"/>.</summary>
    HostAsked,

    /// <summary>They do not take part.</summary>
    Refused,
}
