namespace Parley.Server.Nodes;

/// <summary>Something changed about the media nodes.</summary>
/// <param name="Node">The node that died or came back; null: the directory changed.</param>
/// <param name="IsAlive">Whether that node answers now.</param>
internal readonly record struct NodesChange(string? Node, bool IsAlive);
