using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Worlds;

/// <summary>
/// Shards with one room, relay links between them, its peers and the network, under virtual time. Nothing happens but by a deadline or a datagram, and everything is determined by the
/// seed. Most worlds have one shard.
/// </summary>
public sealed class World : IDisposable
{
    private const int MaximumDatagram = 1600;

    private readonly VirtualClock _clock = new();
    private readonly EventQueue _queue = new();
    private readonly List<Peer> _peers = [];
    private readonly Dictionary<TransportAddress, Peer> _byAddress = [];
    private readonly List<string> _names = [];
    private readonly byte[] _outgoing = new byte[MaximumDatagram];
    private readonly List<WorldNode> _nodes = [];
    private readonly List<RelayPath> _paths = [];
    private long _nextNumber = 1;

    /// <summary>Makes a world with an empty room.</summary>
    /// <param name="seed">What determines it.</param>
    /// <param name="pools">The packet buffers of each shard, all free; they are free again after <see cref="Dispose"/>.</param>
    public World(ulong seed, params ReadOnlySpan<PacketPool> pools)
    {
        Entropy = new SeededEntropy(seed);
        foreach (PacketPool pool in pools)
            _nodes.Add(new WorldNode(this, _nodes.Count, pool));
        foreach (WorldNode node in _nodes)
            Command(new OpenRoom(Room), node);
    }

    /// <summary>The only room.</summary>
    public static RoomId Room { get; } = new(7);

    /// <summary>The shards.</summary>
    public IReadOnlyList<WorldNode> Nodes => _nodes;

    /// <summary>The paths between shards.</summary>
    public IReadOnlyList<RelayPath> Paths => _paths;

    /// <summary>The time.</summary>
    public MonotonicTime Now => _clock.Now;

    /// <summary>What all draws come from.</summary>
    public SeededEntropy Entropy { get; }

    /// <summary>Everyone who ever joined.</summary>
    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>What the control plane was told by the first shard, oldest first.</summary>
    public IReadOnlyList<ShardEvent> Events => _nodes[0].Events;

    /// <summary>Datagrams of the server to addresses that nobody has (any more).</summary>
    public int Strays { get; private set; }

    /// <summary>What the server did that its contract forbids.</summary>
    public List<string> Breaches { get; } = [];

    internal Span<byte> OutgoingRoom => _outgoing;

    /// <summary>Somebody joins, at the first shard unless told otherwise; the same name again is the same person, who came anew or moved.</summary>
    public Peer Join(PeerSettings settings, WorldNode? node = null)
    {
        node ??= _nodes[0];
        int number = _names.Count;
        _names.Add(settings.Name);
        var peer = new Peer(this, node, settings, new TransportId(NextNumber()), (ushort)number, NewAddress(number, 0));
        _peers.Add(peer);
        _byAddress[peer.Address] = peer;
        Command(new ConnectTransport
        {
            Room = Room,
            Transport = peer.Transport,
            Participant = settings.Name,
            Session = peer.Session.Server,
            Mode = settings.Mode,
            Subject = settings.Subject,
            Since = number,
        }, node);
        return peer;
    }

    /// <summary>Somebody leaves, and the control plane closes the transport.</summary>
    public void Leave(Peer peer)
    {
        Vanish(peer);
        Command(new CloseTransport(peer.Transport), peer.Node);
    }

    /// <summary>Somebody's device loses its network, and nobody tells the server.</summary>
    public void Vanish(Peer peer)
    {
        peer.Leave();
        _byAddress.Remove(peer.Address);
    }

    /// <summary>Somebody changes to another network and restarts ICE.</summary>
    public void MoveToOtherNetwork(Peer peer)
    {
        _byAddress.Remove(peer.Address);
        peer.RestartIce(NewAddress(peer.Port.Number, 1));
        _byAddress[peer.Address] = peer;
        Command(new RenegotiateTransport(peer.Transport, peer.Session.Server, new Dictionary<string, SourceKind>()), peer.Node);
    }

    /// <summary>Gives a shard a command; the first one unless told otherwise.</summary>
    public void Command(ShardCommand command, WorldNode? node = null)
    {
        node ??= _nodes[0];
        node.Command(command, Now);
        TakeEvents(node);
    }

    /// <summary>Lays a path between two shards and opens a relay link on it, with the room in row 1.</summary>
    public RelayPath Relay(int first, int second, LinkSettings settings)
    {
        var path = new RelayPath(this, _nodes[first], _nodes[second], settings);
        _paths.Add(path);
        path.Open(row: 1);
        return path;
    }

    /// <summary>A number that was not used before.</summary>
    public long NextNumber() => _nextNumber++;

    /// <summary>Has something done at a time.</summary>
    public void At(MonotonicTime time, Action script) => _queue.Add(time, script);

    /// <summary>Lets a duration pass.</summary>
    public void Run(TimeSpan duration) => RunUntil(Now + duration);

    /// <summary>Lets time pass up to a moment.</summary>
    public void RunUntil(MonotonicTime end)
    {
        while (true)
        {
            WorldNode server = FirstDue();
            MonotonicTime next = MonotonicTime.Earlier(_queue.NextTime, server.NextDeadline(Now));
            Peer? due = null;
            foreach (Peer peer in _peers)
            {
                if (peer.NextDeadline >= next)
                    continue;
                next = peer.NextDeadline;
                due = peer;
            }

            if (next > end)
                break;
            _clock.AdvanceTo(next);
            if (due is not null)
                due.HandleTimeout(Now);
            else if (server.NextDeadline(Now) <= next)
                HandleServerTimeout(server);
            else
                Handle(_queue.Take());
        }

        _clock.AdvanceTo(end);
    }

    /// <summary>The name of the peer with a number.</summary>
    public string? NameOf(ushort number) => number < _names.Count ? _names[number] : null;

    /// <summary>Ends the room; <see cref="Breaches"/> then says if packet buffers were lost.</summary>
    public void End()
    {
        foreach (WorldNode node in _nodes)
        {
            Command(new CloseRoom(Room), node);
            if (node.Pool.Available != node.Pool.Capacity)
                Breaches.Add($"{node.Pool.Capacity - node.Pool.Available} packet buffers were not given back by shard {node.Number}");
            if (node.Core.Drops[DropReason.Fault] > 0)
                Breaches.Add($"{node.Core.Drops[DropReason.Fault]} internal faults of shard {node.Number}: {node.Events.OfType<FaultContained>().FirstOrDefault()?.Detail}");
            if (node.Core.Drops[DropReason.RelayMalformed] > 0)
                Breaches.Add($"{node.Core.Drops[DropReason.RelayMalformed]} relay messages that shard {node.Number} could not read");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Peer peer in _peers)
            peer.Dispose();
    }

    internal void SendToServer(Peer peer, ReadOnlySpan<byte> datagram)
    {
        int copies = peer.Uplink.Send(datagram.Length, Now, out MonotonicTime first, out MonotonicTime second);
        if (copies > 0)
            _queue.Add(first, datagram, peer.Address, peer.Node);
        if (copies > 1)
            _queue.Add(second, datagram, peer.Address, peer.Node);
    }

    internal void Send(WorldNode node, in TransportAddress destination, int length)
    {
        foreach (RelayPath path in _paths)
        {
            if (path.First == node && path.Second.Address == destination)
            {
                Send(path.There, node, path.Second, length);
                return;
            }

            if (path.Second == node && path.First.Address == destination)
            {
                Send(path.Back, node, path.First, length);
                return;
            }
        }

        SendToPeer(destination, length);
    }

    private void Send(Link link, WorldNode from, WorldNode to, int length)
    {
        ReadOnlySpan<byte> datagram = _outgoing.AsSpan(0, length);
        int copies = link.Send(length, Now, out MonotonicTime first, out MonotonicTime second);
        if (copies > 0)
            _queue.Add(first, datagram, from.Address, to);
        if (copies > 1)
            _queue.Add(second, datagram, from.Address, to);
    }

    private void SendToPeer(in TransportAddress destination, int length)
    {
        if (!_byAddress.TryGetValue(destination, out Peer? peer))
        {
            Strays++;
            return;
        }

        ReadOnlySpan<byte> datagram = _outgoing.AsSpan(0, length);
        int copies = peer.Downlink.Send(length, Now, out MonotonicTime first, out MonotonicTime second);
        if (copies > 0)
            _queue.Add(first, datagram, destination, peer);
        if (copies > 1)
            _queue.Add(second, datagram, destination, peer);
    }

    // The third byte tells a peer's networks apart.
    private static TransportAddress NewAddress(int number, int network) =>
        TransportAddress.FromBytes([192, 168, (byte)((network * 128) + (number >> 8)), (byte)number], (ushort)(50_000 + number));

    private WorldNode FirstDue()
    {
        WorldNode first = _nodes[0];
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].NextDeadline(Now) < first.NextDeadline(Now))
                first = _nodes[i];
        }

        return first;
    }

    private void HandleServerTimeout(WorldNode node)
    {
        node.HandleTimeout(Now);
        TakeEvents(node);
    }

    private void Handle(in WorldEvent next)
    {
        if (next.Buffer is not { } buffer)
        {
            next.Script!();
            return;
        }

        if (next.Node is { } node)
            HandleAtServer(node, next);
        else if (next.Receiver is null)
            throw new InvalidOperationException("A datagram has no receiver.");
        else if (!next.Receiver.HasLeft && _byAddress.ContainsKey(next.Source))
            next.Receiver.HandleDatagram(buffer.AsSpan(0, next.Length), Now);
        _queue.Return(buffer);
    }

    private void HandleAtServer(WorldNode node, in WorldEvent next)
    {
        if (!node.TryHandle(next.Buffer.AsSpan(0, next.Length), next.Source, Now))
            Breaches.Add($"no packet buffer of shard {node.Number} was left");
        TakeEvents(node);
    }

    private void TakeEvents(WorldNode node)
    {
        while (node.TryTakeEvent(out ShardEvent shardEvent))
        {
            if (shardEvent is SlotChanged changed)
                _peers.Find(peer => peer.Transport == changed.Transport)?.NamesOf(changed.Mid)?.Change(changed.Source, changed.FromTimestamp);
        }
    }
}
