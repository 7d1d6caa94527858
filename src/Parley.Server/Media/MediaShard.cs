using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Net.Loops;
using Parley.Net.Shards;
using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>One shard as this node drives it: hands its events out to the rooms, and keeps its last statistics.</summary>
internal sealed class MediaShard : IAsyncDisposable
{
    private readonly ConcurrentDictionary<RoomId, ChannelWriter<ShardEvent>> _rooms = new();
    private readonly ConcurrentDictionary<RelayLinkId, RelayLink> _links = new();
    private readonly ShardHost _host;
    private readonly Action<string> _faulted;
    private Task _reading = Task.CompletedTask;
    private ShardStatistics? _statistics;

    /// <summary>Takes a shard that was not started yet; <paramref name="faulted"/> is told of faults that it contained.</summary>
    public MediaShard(int number, ShardHost host, IReadOnlyList<TransportAddress> candidates, Action<string> faulted)
    {
        Number = number;
        _host = host;
        _faulted = faulted;
        Candidates = candidates;
    }

    /// <summary>Its number on this node.</summary>
    public int Number { get; }

    /// <summary>How clients reach it, best first.</summary>
    public IReadOnlyList<TransportAddress> Candidates { get; }

    /// <summary>Its UDP port.</summary>
    public int Port => _host.LocalPort;

    /// <summary>Whether its thread runs.</summary>
    public bool IsRunning => _host.IsRunning;

    /// <summary>How much it has to do: datagrams sent a second are its cost, transports tell before there are any.</summary>
    public int Load => _rooms.Count + (Volatile.Read(ref _statistics)?.Transports.Count ?? 0);

    /// <summary>Starts it.</summary>
    public void Start()
    {
        _host.Start();
        _reading = ReadAsync();
    }

    /// <summary>Gives it a command; false when it cannot take one.</summary>
    public bool Post(ShardCommand command) => _host.Post(command);

    /// <summary>Opens a room whose events go to <paramref name="events"/>; false when the shard cannot take it.</summary>
    public bool TryOpen(RoomId room, ChannelWriter<ShardEvent> events)
    {
        _rooms[room] = events;
        if (_host.Post(new OpenRoom(room)))
            return true;
        _rooms.TryRemove(room, out _);
        return false;
    }

    /// <summary>Ends a room.</summary>
    public void Close(RoomId room)
    {
        if (_rooms.TryRemove(room, out ChannelWriter<ShardEvent>? events))
            events.TryComplete();
        _host.Post(new CloseRoom(room));
    }

    /// <summary>Opens a relay link; null when the shard cannot take it.</summary>
    public RelayLink? OpenLink(RelayLinkId id, RelayEnds ends)
    {
        RelayLink link = new(id, Port, () => _host.Post(new CloseRelayLink(id)));
        _links[id] = link;
        OpenRelayLink command = new()
        {
            Link = id,
            Initiator = ends.Initiates,
            LocalUfrag = ends.LocalUfrag,
            LocalPassword = ends.LocalPassword,
            RemoteUfrag = ends.RemoteUfrag,
            RemotePassword = ends.RemotePassword,
            RemoteAddresses = ends.RemoteAddresses,
            RemoteFingerprint = ends.RemoteFingerprint,
        };
        if (_host.Post(command))
            return link;
        _links.TryRemove(id, out _);
        return null;
    }

    /// <summary>Its counters as of its last report.</summary>
    public ShardSnapshot Snapshot()
    {
        ShellCounters shell = _host.Counters;
        Dictionary<string, double> loop = new()
        {
            ["long-gaps"] = shell.LongGaps,
            ["longest-gap-seconds"] = shell.LongestGap.TotalSeconds,
            ["turns"] = shell.Turns,
            ["spins"] = shell.Spins,
            ["exceptions"] = shell.Exceptions,
            ["receive-calls"] = shell.ReceiveCalls,
            ["send-calls"] = shell.SendCalls,
            ["receive-errors"] = shell.ReceiveErrors,
            ["icmp-errors"] = shell.IcmpErrors,
            ["commands-refused"] = shell.CommandsRefused,
        };
        foreach ((ShellDropReason reason, long count) in shell.Drops)
            loop[$"drops-{reason}"] = count;
        return new ShardSnapshot(Number, Port, Volatile.Read(ref _statistics), loop);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (ShardEvent shardEvent in _host.Events.ReadAllAsync())
        {
            switch (shardEvent)
            {
                case TransportConnected e: Tell(e.Room, e); break;
                case TransportClosed e: Tell(e.Room, e); break;
                case SourceStarted e: Tell(e.Room, e); break;
                case SourceStopped e: Tell(e.Room, e); break;
                case SlotChanged e: Tell(e.Room, e); break;
                case SpeakersChanged e: Tell(e.Room, e); break;
                case RelayLinkConnected e when _links.TryGetValue(e.Link, out RelayLink? link): link.Connect(); break;
                case RelayLinkClosed e when _links.TryRemove(e.Link, out RelayLink? link): link.End(e.Reason); break;
                case StatisticsReported e: Share(e.Statistics); break;
                case FaultContained e: _faulted(e.Detail); break;
            }
        }

        // The shard has ended: so have its rooms.
        foreach (ChannelWriter<ShardEvent> events in _rooms.Values)
            events.TryComplete();
        foreach (RelayLink link in _links.Values)
            link.End(RelayCloseReason.Fault);
    }

    private void Tell(RoomId room, ShardEvent shardEvent)
    {
        if (_rooms.TryGetValue(room, out ChannelWriter<ShardEvent>? events))
            events.TryWrite(shardEvent);
    }

    // Each room learns of its own transports and relays only.
    private void Share(ShardStatistics statistics)
    {
        Volatile.Write(ref _statistics, statistics);
        foreach (IGrouping<RoomId, TransportStatistics> room in statistics.Transports.GroupBy(static transport => transport.Room))
            Tell(room.Key, new StatisticsReported(statistics with { Transports = [.. room], Relays = Of(room.Key, statistics.Relays) }));
    }

    private static List<RelayStatistics> Of(RoomId room, IReadOnlyList<RelayStatistics> relays) =>
        [.. relays.Where(relay => relay.Rows.Any(row => row.Room == room)).Select(relay => relay with { Rows = [.. relay.Rows.Where(row => row.Room == room)] })];
}
