using Parley.Rtc.Primitives;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Shards;

/// <summary>The rooms and transports of one shard, and the ways to find a transport: its id, its user fragments, the addresses that checks validated.</summary>
public sealed class ConnectionRegistry
{
    private readonly ShardSettings _settings;
    private readonly RoomContext _context;
    private readonly IDtlsEndpointFactory _dtls;
    private readonly RelayRegistry _relays;
    private readonly Dictionary<RoomId, Room> _rooms = [];
    private readonly Dictionary<TransportId, Connection> _connections = [];
    private readonly AddressTable<Connection> _addresses = new();
    private readonly UfragTable<Connection> _ufrags = new();

    /// <summary>Makes an empty registry.</summary>
    public ConnectionRegistry(ShardSettings settings, RoomContext context, IDtlsEndpointFactory dtls, RelayRegistry relays, Action wake)
    {
        _relays = relays;
        _settings = settings;
        _context = context;
        _dtls = dtls;
        Activity = new DtlsActivity<Connection>(wake);
    }

    /// <summary>The associations that have something to do.</summary>
    public DtlsActivity<Connection> Activity { get; }

    /// <summary>How many rooms there are.</summary>
    public int RoomCount => _rooms.Count;

    /// <summary>All transports.</summary>
    public IReadOnlyCollection<Connection> Connections => _connections.Values;

    /// <summary>The transport that a validated address belongs to; null for an unknown address.</summary>
    public Connection? FindByAddress(in TransportAddress address) => _addresses.Find(address);

    /// <summary>The transport that one of our user fragments belongs to; null when none has it.</summary>
    public Connection? FindByUfrag(ReadOnlySpan<byte> ufrag) => _ufrags.Find(ufrag);

    /// <summary>Finds a transport by its id.</summary>
    public Connection? Find(TransportId id) => _connections.GetValueOrDefault(id);

    /// <summary>Finds a room.</summary>
    public Room? FindRoom(RoomId id) => _rooms.GetValueOrDefault(id);

    /// <summary>Makes a room if it does not exist.</summary>
    public void OpenRoom(RoomId id)
    {
        if (!_rooms.ContainsKey(id))
            _rooms.Add(id, new Room(id, _context));
    }

    /// <summary>Adds a transport; false when its room is unknown, its id or user fragment is taken, or the shard is full.</summary>
    public bool TryConnect(ConnectTransport command, MonotonicTime now)
    {
        if (_connections.Count >= _settings.MaximumTransports || _connections.ContainsKey(command.Transport) || !_rooms.TryGetValue(command.Room, out Room? room))
            return false;
        var connection = new Connection(room, command, owner => new Transport(
            TransportSettings.From(command.Session), _dtls, Activity.For(owner), _context.Traffic, _context.Entropy, now));
        if (!_ufrags.TryAdd(command.Session.LocalUfrag, connection))
        {
            connection.Transport.Dispose();
            return false;
        }

        _connections.Add(command.Transport, connection);
        connection.Apply(command.Session, command.Sources);
        room.Add(connection, now);
        connection.WakeBy(connection.Transport.NextDeadline);
        return true;
    }

    /// <summary>Applies a re-offer.</summary>
    public void Renegotiate(Connection connection, RenegotiateTransport command, MonotonicTime now)
    {
        if (connection.HasOtherCredentials(command.Session))
        {
            _ufrags.TryAdd(command.Session.LocalUfrag, connection);
            connection.Ufrags.Add(command.Session.LocalUfrag);
            connection.Transport.RestartIce(command.Session, now);
        }

        foreach (Publication publication in connection.Apply(command.Session, command.Sources))
            connection.Room.Stop(publication, now);
        connection.Room.OnRenegotiated(connection, now);
    }

    /// <summary>
    /// Makes an address the transport's after a check of it; false when another transport uses it with fresh consent: a participant may not take over another's address by a forged source.
    /// </summary>
    public bool TryClaim(in TransportAddress address, TransportAddress? forgotten, Connection connection)
    {
        if (forgotten is { } old)
        {
            _addresses.Remove(old, connection);
            connection.Addresses.Remove(old);
        }

        Connection? owner = _addresses.Find(address);
        if (ReferenceEquals(owner, connection))
            return true;
        if ((owner is not null && owner.Transport.IsUsing(address)) || _relays.FindByAddress(address) is not null)
            return false;
        owner?.Addresses.Remove(address);
        _addresses.Set(address, connection);
        connection.Addresses.Add(address);
        return true;
    }

    /// <summary>Takes an address from whichever transport has it: it is another shard's.</summary>
    public void Evict(in TransportAddress address)
    {
        if (_addresses.Find(address) is not { } owner)
            return;
        _addresses.Remove(address, owner);
        owner.Addresses.Remove(address);
    }

    /// <summary>Ends a transport.</summary>
    public void Close(Connection connection, TransportCloseReason reason, MonotonicTime now)
    {
        if (!Detach(connection))
            return;
        connection.Room.Remove(connection, now);
        _context.Events.Add(new TransportClosed(connection.Room.Id, connection.Id, reason));
    }

    /// <summary>Ends a room and all its transports.</summary>
    public void CloseRoom(RoomId id, TransportCloseReason reason, MonotonicTime now)
    {
        if (!_rooms.Remove(id, out Room? room))
            return;
        while (!room.Connections.IsEmpty)
            Close(room.Connections[^1], reason, now);
        foreach (IRoomRelay relay in room.Relays.ToArray())
            relay.Leave(now);
        _context.RoomDeadlines.Set(room.Timer, MonotonicTime.Never);
    }

    /// <summary>Ends a room in which an internal fault occurred: nothing of its state is trusted any more, so it is only let go of.</summary>
    public void Abandon(Room room)
    {
        _rooms.Remove(room.Id);
        _context.RoomDeadlines.Set(room.Timer, MonotonicTime.Never);
        foreach (IRoomRelay relay in room.Relays)
            relay.Detach();
        foreach (Connection connection in room.Connections)
        {
            if (!Detach(connection))
                continue;
            foreach (Publication publication in connection.Publications)
                publication.Track.Clear();
            _context.Events.Add(new TransportClosed(room.Id, connection.Id, TransportCloseReason.Fault));
        }
    }

    private bool Detach(Connection connection)
    {
        if (connection.IsClosed)
            return false;
        connection.IsClosed = true;
        _connections.Remove(connection.Id);
        foreach (string ufrag in connection.Ufrags)
            _ufrags.Remove(ufrag, connection);
        foreach (TransportAddress address in connection.Addresses)
            _addresses.Remove(address, connection);
        _context.ConnectionDeadlines.Set(connection.Timer, MonotonicTime.Never);
        connection.Transport.Dispose();
        return true;
    }
}
