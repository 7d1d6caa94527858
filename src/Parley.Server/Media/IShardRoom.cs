using System.Threading.Channels;
using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A room on a shard of this node, which asks nobody for leave: that is done in front of it. One caller at a time; disposing it ends the room and all its transports.</summary>
internal interface IShardRoom : IDisposable
{
    /// <summary>The UDP port of its shard.</summary>
    int Port { get; }

    /// <summary>What happens in the room, in order. <see cref="StatisticsReported"/> comes once a second, with this room's transports only.</summary>
    ChannelReader<ShardEvent> Events { get; }

    /// <summary>Answers an offer with a new transport.</summary>
    /// <exception cref="Problems.ProblemException">The offer cannot be answered.</exception>
    MediaAnswer Connect(MediaOffer offer);

    /// <summary>Answers a re-offer on a transport and returns the answer's SDP.</summary>
    /// <exception cref="Problems.ProblemException">The offer cannot be answered, or the transport has ended.</exception>
    string Renegotiate(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources);

    /// <summary>Ends a transport; nothing happens when it has ended.</summary>
    void Close(TransportId transport);

    /// <summary>Takes note that a transport has ended by itself, as <see cref="TransportClosed"/> told.</summary>
    void Forget(TransportId transport);

    /// <summary>See <see cref="Parley.Sfu.Rooms.SetView"/>.</summary>
    void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes);

    /// <summary>See <see cref="Parley.Sfu.Rooms.SetMuted"/>.</summary>
    void SetMuted(TransportId transport, SourceKind source, bool muted);

    /// <summary>Lets the room's tracks cross a relay link of its shard, from and to the room that was joined under the same row at the other end.</summary>
    void Join(RelayLinkId link, uint row);

    /// <summary>Stops the room from crossing a link at once.</summary>
    void Leave(RelayLinkId link);
}
