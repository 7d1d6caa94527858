using System.Collections.Concurrent;
using Parley.Server.Media;

namespace Parley.Server.Tests.Media;

/// <summary>A media node without media: it answers every offer that begins like SDP, and remembers what it was told.</summary>
internal sealed class FakeMediaNode : IMediaNode
{
    private long _transports;

    public ConcurrentQueue<FakeRoom> Rooms { get; } = new();

    public bool IsHealthy { get; set; } = true;

    public FakeRoom Room => Rooms.Last();

    public IMediaRoom OpenRoom()
    {
        FakeRoom room = new(() => Interlocked.Increment(ref _transports));
        Rooms.Enqueue(room);
        return room;
    }

    public IReadOnlyList<ShardSnapshot> Snapshot() => [];
}
