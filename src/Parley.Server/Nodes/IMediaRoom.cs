using System.Threading.Channels;
using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>
/// A meeting's room on a media node, as long as that node holds a grant for it. One caller at a time; commands take effect in their order. Disposing it ends the room and all its transports.
/// A transport's id is its node's own: see <see cref="MediaTransport"/>.
/// </summary>
internal interface IMediaRoom : IAsyncDisposable
{
    /// <summary>The node.</summary>
    string Node { get; }

    /// <summary>
    /// What happens in the room, in order; the rooms that events name mean nothing here. <see cref="StatisticsReported"/> comes once a second, with this room's transports and relays only.
    /// It ends with the room, or when the node no longer answers.
    /// </summary>
    ChannelReader<ShardEvent> Events { get; }

    /// <summary>Why the node ended the room by itself; null while it has not.</summary>
    GrantRefusal? End { get; }

    /// <summary>Answers an offer with a new transport.</summary>
    /// <exception cref="Problems.ProblemException">The offer cannot be answered, the grant has ended, or the node does not answer.</exception>
    Task<MediaAnswer> ConnectAsync(MediaOffer offer, CancellationToken cancellation = default);

    /// <summary>Answers a re-offer on a transport and returns the answer's SDP.</summary>
    /// <exception cref="Problems.ProblemException">The offer cannot be answered, the transport or the grant has ended, or the node does not answer.</exception>
    Task<string> RenegotiateAsync(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources, CancellationToken cancellation = default);

    /// <summary>Ends a transport; nothing happens when it has ended.</summary>
    void Close(TransportId transport);

    /// <summary>See <see cref="Parley.Sfu.Rooms.SetView"/>.</summary>
    void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes);

    /// <summary>See <see cref="Parley.Sfu.Rooms.SetMuted"/>.</summary>
    void SetMuted(TransportId transport, SourceKind source, bool muted);

    /// <summary>
    /// Relays the meeting's tracks between this room and that of another node, which must be open. Both nodes check each other's grant and statement; null when both are content and media
    /// can cross, else the reason. It is enough to ask one of the two; asking again changes nothing.
    /// </summary>
    /// <exception cref="Problems.ProblemException">A node does not answer.</exception>
    Task<GrantRefusal?> RelayAsync(string peer, CancellationToken cancellation = default);

    /// <summary>Stops relaying the meeting between this room and another node's; nothing happens when it was not relayed.</summary>
    void Unrelay(string peer);
}
