namespace Parley.Routing.Routes;

/// <summary>Why somebody moves to another node.</summary>
public enum MoveReason
{
    /// <summary>A fence no longer allows the node they are on.</summary>
    Fence,

    /// <summary>Their node died, or does not answer.</summary>
    NodeLost,

    /// <summary>A better route.</summary>
    BetterRoute,
}
