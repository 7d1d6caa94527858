using System.Collections.Concurrent;
using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>What a room shares with the other rooms of its node.</summary>
internal sealed record ShardRoomSettings
{
    /// <summary>SHA-256 of the node's DTLS certificate, 32 bytes.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Makes the ids of transports.</summary>
    public required Func<TransportId> NextTransport { get; init; }

    /// <summary>Where ICE-TCP is taken.</summary>
    public required TunnelAddresses Tunnel { get; init; }

    /// <summary>The user fragments of all open transports of the node.</summary>
    public required ConcurrentDictionary<string, UfragOwner> Owners { get; init; }
}
