using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Worlds;

/// <summary>A room on a node that a test plays.</summary>
internal sealed class FakeNodeRoom(FakeLink link, string meeting, IReadOnlyCollection<string> peers) : IMediaRoom
{
    private static long s_transports = 1000;

    private readonly Channel<ShardEvent> _events = Channel.CreateUnbounded<ShardEvent>();

    public string Node => link.Node;

    public string Meeting => meeting;

    /// <summary>With whom it was to be relayed when it was opened.</summary>
    public IReadOnlyCollection<string> Peers => peers;

    public ChannelReader<ShardEvent> Events => _events.Reader;

    public GrantRefusal? End { get; private set; }

    public bool IsOver { get; private set; }

    public ConcurrentDictionary<TransportId, MediaOffer> Open { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public async Task<MediaAnswer> ConnectAsync(MediaOffer offer, CancellationToken cancellation = default)
    {
        await link.AnswerAsync(cancellation);
        if (!link.Holds(Meeting))
            throw NodeRefusals.NotGranted(new GrantRefusal("grant-missing", "No grant."));
        TransportId transport = new(Interlocked.Increment(ref s_transports));
        Open[transport] = offer;
        return new MediaAnswer(transport, $"v=0 answer of {Node}", true, true);
    }

    public async Task<string> RenegotiateAsync(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources, CancellationToken cancellation = default)
    {
        await link.AnswerAsync(cancellation);
        return $"v=0 again of {Node}";
    }

    public void Close(TransportId transport)
    {
        if (Open.TryRemove(transport, out _))
            Log.Enqueue("close");
    }

    public void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes) => Log.Enqueue("view");

    public void SetMuted(TransportId transport, SourceKind source, bool muted) => Log.Enqueue($"mute {source} {muted}");

    public async Task<GrantRefusal?> RelayAsync(string peer, CancellationToken cancellation = default)
    {
        await link.AnswerAsync(cancellation);
        Log.Enqueue($"relay {peer}");
        return null;
    }

    public void Unrelay(string peer) => Log.Enqueue($"unrelay {peer}");

    public ValueTask DisposeAsync()
    {
        Stop(null);
        return ValueTask.CompletedTask;
    }

    public bool Has(string participant) => Open.Values.Any(offer => offer.Participant == participant);

    public TransportId TransportOf(string participant) => Open.Where(entry => entry.Value.Participant == participant).MaxBy(entry => entry.Key.Value).Key;

    public void Raise(ShardEvent shardEvent) => _events.Writer.TryWrite(shardEvent);

    public void Stop(GrantRefusal? why)
    {
        End ??= why;
        IsOver = true;
        Open.Clear();
        _events.Writer.TryComplete();
    }
}
