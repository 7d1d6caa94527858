using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>A transport among all media nodes: its id is its node's own.</summary>
/// <param name="Node">The node.</param>
/// <param name="Id">The transport on it.</param>
internal readonly record struct MediaTransport(string Node, TransportId Id);
