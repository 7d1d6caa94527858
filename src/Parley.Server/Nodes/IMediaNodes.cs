namespace Parley.Server.Nodes;

/// <summary>The media nodes of the directory, this one among them: all that the control plane knows of them.</summary>
internal interface IMediaNodes
{
    /// <summary>This node's id.</summary>
    string Own { get; }

    /// <summary>Every media node of the directory, whether it answers or not.</summary>
    IReadOnlyList<IMediaNodeLink> All { get; }

    /// <summary>The round trips between nodes that were measured, own and told by others.</summary>
    IReadOnlyList<MeasuredDelay> Delays { get; }

    /// <summary>The way to a node; null when the directory lists no such media node, or has revoked its key.</summary>
    IMediaNodeLink? Find(string node);

    /// <summary>Has a callback told whenever a node dies or comes back or the directory changes; on a thread of the pool. Disposing ends it.</summary>
    IDisposable Watch(Action<NodesChange> changed);
}
