using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A relay link from a shard of this node to a shard of another. Safe from any thread.</summary>
internal interface IRelayLink
{
    /// <summary>Its id on the shard.</summary>
    RelayLinkId Id { get; }

    /// <summary>The UDP port of the shard.</summary>
    int Port { get; }

    /// <summary>Ends when the link carries media: true; or when it never will: false.</summary>
    Task<bool> Connected { get; }

    /// <summary>Ends when the link has ended.</summary>
    Task<RelayCloseReason> Ended { get; }

    /// <summary>Closes the link with all its rows.</summary>
    void Close();
}
