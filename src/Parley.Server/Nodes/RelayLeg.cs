namespace Parley.Server.Nodes;

/// <summary>A meeting on a relay link.</summary>
/// <param name="Room">The meeting's room on this node.</param>
/// <param name="Peer">The other node.</param>
/// <param name="Link">The link.</param>
/// <param name="Row">The meeting's row on it.</param>
internal sealed record RelayLeg(HostedRoom Room, string Peer, RelayPeerLink Link, uint Row);
