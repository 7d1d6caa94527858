using System.Collections.Concurrent;
using System.Net;
using Parley.Rtc.Primitives;
using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Media;

/// <summary>A media node without media: it answers every offer that begins like SDP, and remembers what it was told.</summary>
internal sealed class FakeMediaNode : IMediaNode
{
    private long _transports;
    private long _links;

    public ConcurrentQueue<FakeRoom> Rooms { get; } = new();

    /// <summary>Reset: whoever makes an offer waits for its answer.</summary>
    public ManualResetEventSlim Answering { get; } = new(initialState: true);

    public bool IsHealthy { get; set; } = true;

    public ReadOnlyMemory<byte> Fingerprint { get; } = new byte[32];

    public IReadOnlyList<TransportAddress> Addresses { get; } = [TransportAddress.From(IPAddress.Loopback, 40000)];

    public FakeRoom Room => Rooms.Last();

    public ConcurrentDictionary<string, UfragOwner> Owners { get; } = new();

    public UfragOwner? FindOwner(string ufrag) => Owners.GetValueOrDefault(ufrag);

    public IShardRoom OpenRoom(string meeting)
    {
        FakeRoom room = new(() => Interlocked.Increment(ref _transports), Answering);
        Rooms.Enqueue(room);
        return room;
    }

    public ConcurrentQueue<FakeLink> Links { get; } = new();

    public IRelayLink OpenLink(int port, RelayEnds ends)
    {
        FakeLink link = new(new RelayLinkId(Interlocked.Increment(ref _links)), port, ends);
        Links.Enqueue(link);
        return link;
    }

    public IReadOnlyList<ShardSnapshot> Snapshot() => [];
}
