using Parley.Routing.Grants;

namespace Parley.Server.Nodes;

/// <summary>The way to one media node: this one, or another over its control connection. Safe from any thread; every call ends within <see cref="Deadline"/>.</summary>
internal interface IMediaNodeLink
{
    /// <summary>How long a call may take before it fails.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>The node's id.</summary>
    string Node { get; }

    /// <summary>The region it is in.</summary>
    string Region { get; }

    /// <summary>Whether it answers now.</summary>
    bool IsAlive { get; }

    /// <summary>The newest of the node's signed statements that held against the directory; null while there is none.</summary>
    string? Statement { get; }

    /// <summary>What the node drew at its start, which grants must name; null while it has not said so.</summary>
    string? Life { get; }

    /// <summary>How much the node can carry, and does, as it said last.</summary>
    NodeLoad Load { get; }

    /// <summary>Gives the node a signed grant; null when it takes it, else its reason.</summary>
    /// <exception cref="Problems.ProblemException">The node does not answer.</exception>
    Task<GrantRefusal?> GrantAsync(string grant, CancellationToken cancellation = default);

    /// <summary>Gives the node a signed revocation, which ends the meeting's room there; null when it takes it, else its reason.</summary>
    /// <exception cref="Problems.ProblemException">The node does not answer.</exception>
    Task<GrantRefusal?> RevokeAsync(string revocation, CancellationToken cancellation = default);

    /// <summary>
    /// Opens the meeting's room on the node, or takes charge of the one that is open there; whoever had it before gets no more events. Relays of that room that its new holder does not know of,
    /// since it could not be told of their end or has restarted, end.
    /// </summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="peers">The nodes that it is to be relayed with from there; null: none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="Problems.ProblemException">The node holds no grant for the meeting, cannot take it, or does not answer.</exception>
    Task<IMediaRoom> OpenRoomAsync(string meeting, IReadOnlyCollection<string>? peers = null, CancellationToken cancellation = default);
}
