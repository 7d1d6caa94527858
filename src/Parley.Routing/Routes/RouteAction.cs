using Parley.Routing.Grants;

namespace Parley.Routing.Routes;

/// <summary>Something that the meeting's route wants done. Actions are carried out in the order in which they are taken.</summary>
public abstract record RouteAction;

/// <summary>Sign and send a grant. Answer with <see cref="MeetingRoute.GrantAnswered"/>; a grant that could not be handed over within <see cref="RouteTimes.Transit"/> must not arrive later.</summary>
/// <param name="Grant">The grant, unsigned.</param>
public sealed record IssueGrant(RouteGrant Grant) : RouteAction;

/// <summary>Sign and send a revocation. Answer as for a grant; it is sent again until the node answers.</summary>
/// <param name="Grant">The revocation, unsigned.</param>
public sealed record IssueRevocation(RouteGrant Grant) : RouteAction;

/// <summary>Have a participant make a new transport to a node, which holds a grant; the old one stays until the new one carries media. Answer with <see cref="MeetingRoute.Moved"/>.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Node">Where to.</param>
/// <param name="Reason">Why.</param>
public sealed record MoveParticipant(string Participant, string Node, MoveReason Reason) : RouteAction;

/// <summary>End the meeting for a participant; they are no longer part of the route.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Refusal">Why.</param>
public sealed record EndParticipant(string Participant, RouteRefusal Refusal) : RouteAction;

/// <summary>Relay the meeting between two nodes, both of which hold grants that name the other. Answer with <see cref="MeetingRoute.RelayUp"/> or <see cref="MeetingRoute.RelayDown"/>.</summary>
/// <param name="A">The node with the lower id, which initiates.</param>
/// <param name="B">The other.</param>
public sealed record OpenRelay(string A, string B) : RouteAction;

/// <summary>Relay the meeting no longer between two nodes.</summary>
/// <param name="A">The node with the lower id.</param>
/// <param name="B">The other.</param>
public sealed record CloseRelay(string A, string B) : RouteAction;

/// <summary>Ask the host; answer with <see cref="MeetingRoute.HostDecides"/>.</summary>
/// <param name="Request">What.</param>
public sealed record AskHost(TightenRequest Request) : RouteAction;

/// <summary>The host need not decide any more.</summary>
/// <param name="Id">The request's id.</param>
public sealed record WithdrawRequest(string Id) : RouteAction;

/// <summary>The final decision on somebody whose <see cref="MeetingRoute.Join"/> had none.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Decision">Admitted or refused.</param>
public sealed record DecideNewcomer(string Participant, JoinDecision Decision) : RouteAction;

/// <summary>The route as people see it has changed.</summary>
/// <param name="View">What it is now.</param>
public sealed record RouteChanged(RouteView View) : RouteAction;
