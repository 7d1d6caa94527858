using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Worlds;

/// <summary>
/// A shard with one room, its peers and the network between them, under virtual time. Nothing happens but by a deadline or a datagram, and everything is determined by the seed.
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
    private readonly PacketPool _pool;
    private readonly ShardCore _core;
    private readonly List<ShardEvent> _events = [];
    private WorldSink _sink;
    private bool _isWoken;
    private long _nextTransport = 1;

    /// <summary>Makes a world with an empty room.</summary>
    /// <param name="seed">What determines it.</param>
    /// <param name="pool">The server's packet buffers, all free; they are free again after <see cref="Dispose"/>.</param>
    public World(ulong seed, PacketPool pool)
    {
        Entropy = new SeededEntropy(seed);
        _pool = pool;
        _core = new ShardCore(new ShardSettings(), pool, Dtls, Entropy.Fork(), () => _isWoken = true);
        _sink = new WorldSink(this);
        Command(new OpenRoom(Room));
    }

    /// <summary>The only room.</summary>
    public static RoomId Room { get; } = new(7);

    /// <summary>Where the shard listens.</summary>
    public TransportAddress ServerAddress { get; } = TransportAddress.FromBytes([10, 0, 0, 1], 40_000);

    /// <summary>The time.</summary>
    public MonotonicTime Now => _clock.Now;

    /// <summary>What all draws come from.</summary>
    public SeededEntropy Entropy { get; }

    /// <summary>The handshakes.</summary>
    public FakeDtlsFactory Dtls { get; } = new();

    /// <summary>Everyone who ever joined.</summary>
    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>What the control plane was told, oldest first.</summary>
    public IReadOnlyList<ShardEvent> Events => _events;

    /// <summary>The server's drops.</summary>
    public DropCounters Drops => _core.Drops;

    /// <summary>Datagrams of the server to addresses that nobody has (any more).</summary>
    public int Strays { get; private set; }

    /// <summary>What the server did that its contract forbids.</summary>
    public List<string> Breaches { get; } = [];

    internal Span<byte> OutgoingRoom => _outgoing;

    /// <summary>Somebody joins.</summary>
    public Peer Join(PeerSettings settings)
    {
        int number = _names.Count;
        _names.Add(settings.Name);
        var peer = new Peer(this, settings, new TransportId(_nextTransport++), (ushort)number, NewAddress(number, 0));
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
        });
        return peer;
    }

    /// <summary>Somebody leaves, and the control plane closes the transport.</summary>
    public void Leave(Peer peer)
    {
        Vanish(peer);
        Command(new CloseTransport(peer.Transport));
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
        Command(new RenegotiateTransport(peer.Transport, peer.Session.Server, new Dictionary<string, SourceKind>()));
    }

    /// <summary>Gives the server a command.</summary>
    public void Command(ShardCommand command)
    {
        _core.HandleCommand(command, Now, ref _sink);
        TakeEvents();
    }

    /// <summary>Has something done at a time.</summary>
    public void At(MonotonicTime time, Action script) => _queue.Add(time, script);

    /// <summary>Lets a duration pass.</summary>
    public void Run(TimeSpan duration) => RunUntil(Now + duration);

    /// <summary>Lets time pass up to a moment.</summary>
    public void RunUntil(MonotonicTime end)
    {
        while (true)
        {
            MonotonicTime server = _isWoken ? Now : _core.NextDeadline;
            MonotonicTime next = MonotonicTime.Earlier(_queue.NextTime, server);
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
            else if (server <= next)
                HandleServerTimeout();
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
        Command(new CloseRoom(Room));
        if (_pool.Available != _pool.Capacity)
            Breaches.Add($"{_pool.Capacity - _pool.Available} packet buffers were not given back");
        if (Drops[DropReason.Fault] > 0)
            Breaches.Add($"{Drops[DropReason.Fault]} internal faults");
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
            _queue.Add(first, datagram, peer.Address, receiver: null);
        if (copies > 1)
            _queue.Add(second, datagram, peer.Address, receiver: null);
    }

    internal void SendToPeer(in TransportAddress destination, int length)
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

    private void HandleServerTimeout()
    {
        _isWoken = false;
        _core.HandleTimeout(Now, ref _sink);
        if (_core.NextDeadline <= Now)
            throw new InvalidOperationException($"The shard's deadline {_core.NextDeadline} did not move beyond {Now}.");
        TakeEvents();
    }

    private void Handle(in WorldEvent next)
    {
        if (next.Buffer is not { } buffer)
        {
            next.Script!();
            return;
        }

        if (next.Receiver is null)
            HandleAtServer(next);
        else if (!next.Receiver.HasLeft && _byAddress.ContainsKey(next.Source))
            next.Receiver.HandleDatagram(buffer.AsSpan(0, next.Length), Now);
        _queue.Return(buffer);
    }

    private void HandleAtServer(in WorldEvent next)
    {
        int slot = _pool.TryRent();
        if (slot < 0)
        {
            Breaches.Add("no packet buffer was left");
            return;
        }

        next.Buffer.AsSpan(0, next.Length).CopyTo(_pool.Bytes(slot));
        _core.HandleDatagram(new DatagramMeta(next.Source, Now), slot, next.Length, ref _sink);
        _pool.Release(slot);
        TakeEvents();
    }

    private void TakeEvents()
    {
        while (_core.TryTakeEvent(out ShardEvent shardEvent))
        {
            _events.Add(shardEvent);
            if (shardEvent is SlotChanged changed)
                _peers.Find(peer => peer.Transport == changed.Transport)?.NamesOf(changed.Mid)?.Change(changed.Source, changed.FromTimestamp);
        }
    }
}
