using Parley.Rtc.Primitives;

namespace Parley.Server.Nodes;

/// <summary>The other end of a relay link, as its node's verified statement and its own words have it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Port">The UDP port of its shard.</param>
/// <param name="Ufrag">Its ICE user fragment.</param>
/// <param name="Password">Its ICE password.</param>
/// <param name="Addresses">Where the shard listens, as the statement says.</param>
/// <param name="Fingerprint">SHA-256 of the node's DTLS certificate, as the statement says.</param>
internal sealed record RelayPeer(string Node, int Port, string Ufrag, string Password, TransportAddress[] Addresses, byte[] Fingerprint);
