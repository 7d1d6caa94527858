using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Server.Media;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Media;

/// <summary>A room without media. Commands are noted; events are those that a test raises.</summary>
internal sealed class FakeRoom(Func<long> nextTransport, ManualResetEventSlim answering) : IShardRoom
{
    private readonly Channel<ShardEvent> _events = Channel.CreateUnbounded<ShardEvent>();

    public int Port => 40000;

    public ChannelReader<ShardEvent> Events => _events.Reader;

    public ConcurrentDictionary<TransportId, MediaOffer> Open { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public bool IsDisposed { get; private set; }

    public TransportId TransportOf(string participant) => Open.Where(entry => entry.Value.Participant == participant).MaxBy(entry => entry.Key.Value).Key;

    public void Raise(ShardEvent shardEvent) => _events.Writer.TryWrite(shardEvent);

    public MediaAnswer Connect(MediaOffer offer)
    {
        Check(offer.Sdp);
        answering.Wait(TimeSpan.FromSeconds(10));
        TransportId transport = new(nextTransport());
        Open[transport] = offer;
        Log.Enqueue($"connect {offer.Participant}");
        return new MediaAnswer(transport, $"v=0 answer {transport.Value}", offer.Sdp.Contains("m=audio", StringComparison.Ordinal), offer.Sdp.Contains("m=video", StringComparison.Ordinal));
    }

    public string Renegotiate(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources)
    {
        Check(sdp);
        Log.Enqueue($"renegotiate {transport.Value}");
        return $"v=0 again {transport.Value}";
    }

    public void Close(TransportId transport)
    {
        if (Open.TryRemove(transport, out _))
            Log.Enqueue($"close {transport.Value}");
    }

    public void Forget(TransportId transport)
    {
        if (Open.TryRemove(transport, out _))
            Log.Enqueue($"forget {transport.Value}");
    }

    public void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes) =>
        Log.Enqueue($"view {transport.Value} {string.Join(' ', wishes.Select(wish => $"{wish.Source.Participant}/{wish.Source.Kind}@{wish.Height}"))}");

    public void SetMuted(TransportId transport, SourceKind source, bool muted) => Log.Enqueue($"mute {transport.Value} {source} {muted}");

    public void Join(RelayLinkId link, uint row) => Log.Enqueue($"join {link.Value} {row}");

    public void Leave(RelayLinkId link) => Log.Enqueue($"leave {link.Value}");

    public void Dispose()
    {
        IsDisposed = true;
        Open.Clear();
        _events.Writer.TryComplete();
    }

    private static void Check(string sdp)
    {
        if (!sdp.StartsWith("v=0", StringComparison.Ordinal))
            throw Refusals.OfferRefused("The offer does not begin with v=0.");
    }
}
