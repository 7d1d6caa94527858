using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A room is no longer relayed to another node, and nobody in charge of the room asked for that.</summary>
/// <param name="Peer">The other node.</param>
/// <param name="Reason">Why, as a rule's code or a <see cref="RelayCloseReason"/>.</param>
internal sealed record RelayLost(string Peer, string Reason) : ShardEvent;
