using System.Threading.Channels;
using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>The charge of a room on this node: whoever holds it gives the room its commands and gets its events, until somebody else takes it.</summary>
internal sealed class RoomCharge(HostedRoom room, HostedRooms owner, string node) : IMediaRoom
{
    private const int MostEvents = 8192;

    private readonly Channel<ShardEvent> _events = Channel.CreateBounded<ShardEvent>(new BoundedChannelOptions(MostEvents) { SingleReader = true });

    // The channel counts as completed only when all events have been read.
    private volatile bool _isOver;

    /// <inheritdoc />
    public string Node => node;

    /// <inheritdoc />
    public ChannelReader<ShardEvent> Events => _events.Reader;

    /// <inheritdoc />
    public GrantRefusal? End { get; private set; }

    /// <inheritdoc />
    public Task<MediaAnswer> ConnectAsync(MediaOffer offer, CancellationToken cancellation = default) => Ask(shard => shard.Connect(offer) with
    {
        Tunnel = offer.Directions == MediaDirections.Both ? owner.Passes.Issue(room.Meeting, offer.Participant) : null,
    });

    /// <inheritdoc />
    public Task<string> RenegotiateAsync(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources, CancellationToken cancellation = default) =>
        Ask(shard => shard.Renegotiate(transport, sdp, sources));

    /// <inheritdoc />
    public void Close(TransportId transport) => room.Tell(this, shard => shard.Close(transport));

    /// <inheritdoc />
    public void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes) => room.Tell(this, shard => shard.SetView(transport, wishes));

    /// <inheritdoc />
    public void SetMuted(TransportId transport, SourceKind source, bool muted) => room.Tell(this, shard => shard.SetMuted(transport, source, muted));

    /// <inheritdoc />
    public Task<GrantRefusal?> RelayAsync(string peer, CancellationToken cancellation = default) =>
        _isOver ? Task.FromException<GrantRefusal?>(NodeRefusals.RoomEnded(End)) : owner.Relays.OpenAsync(room, peer, cancellation);

    /// <inheritdoc />
    public void Unrelay(string peer)
    {
        if (!_isOver)
            owner.Relays.Leave(room.Meeting, peer);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (!_isOver)
            owner.Close(room);
        Complete(null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives the charge up; the room goes on as long as its grant does.</summary>
    public void Leave() => room.Leave(this);

    /// <summary>Passes an event on. One who does not read them is no longer in charge.</summary>
    public void Take(ShardEvent news)
    {
        if (!_events.Writer.TryWrite(news) && news is not StatisticsReported)
            room.Leave(this);
    }

    /// <summary>There will be no more events.</summary>
    public void Complete(GrantRefusal? why)
    {
        if (!_isOver)
            End = why;
        _isOver = true;
        _events.Writer.TryComplete();
    }

    // A refusal belongs in the task, as with a node that is far away.
    private Task<T> Ask<T>(Func<IShardRoom, T> action)
    {
        try
        {
            return Task.FromResult(room.Do(this, action));
        }
        catch (Problems.ProblemException refusal)
        {
            return Task.FromException<T>(refusal);
        }
    }
}
