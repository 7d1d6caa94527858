using System.Diagnostics.CodeAnalysis;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Stun;
using Parley.Sfu.Packets;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Shards;

/// <summary>
/// The media server of one shard, without sockets, clock or threads: datagrams, commands and the time go in; datagrams go to the sink, events are taken out.
/// One thread calls it. It never throws for anything that came from the network; a fault inside one room ends that room and no other.
/// </summary>
public sealed class ShardCore
{
    // A fault that comes back with every packet is counted each time and told so often.
    private const int MaximumFaultsTold = 100;

    private readonly RoomContext _context;
    private readonly ConnectionRegistry _registry;
    private readonly StunIntake _stun;
    private readonly PacketIntake _packets;
    private readonly RtcpIntake _rtcp;
    private readonly CommandHandler _commands;
    private readonly RelayDispatcher _relays;
    private Room? _current;
    private int _faultsTold;

    /// <summary>Makes an empty shard.</summary>
    /// <param name="settings">Its bounds.</param>
    /// <param name="pool">The packet buffers that the shell receives into.</param>
    /// <param name="dtls">Makes DTLS associations.</param>
    /// <param name="entropy">Unpredictable bytes.</param>
    /// <param name="wake">Wakes the shell's loop from any thread, so that it calls <see cref="HandleTimeout"/> soon.</param>
    public ShardCore(ShardSettings settings, PacketPool pool, IDtlsEndpointFactory dtls, IEntropy entropy, Action wake)
    {
        _context = new RoomContext(pool, entropy, settings.EventCapacity);
        var relays = new RelayRegistry(_context, dtls, wake);
        _registry = new ConnectionRegistry(settings, _context, dtls, relays, wake);
        _packets = new PacketIntake(_context);
        _rtcp = new RtcpIntake(_context);
        _relays = new RelayDispatcher(_context, relays, _packets);
        _stun = new StunIntake(_context, _registry, _relays);
        _commands = new CommandHandler(_context, _registry, relays);
    }

    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest; <see cref="MonotonicTime.Never"/> when nothing waits.</summary>
    public MonotonicTime NextDeadline =>
        MonotonicTime.Earlier(MonotonicTime.Earlier(_context.ConnectionDeadlines.Earliest, _context.RoomDeadlines.Earliest), _relays.Registry.Deadlines.Earliest);

    /// <summary>The drops by reason, for the shell's metrics.</summary>
    public DropCounters Drops => _context.Drops;

    /// <summary>Takes a received datagram of <paramref name="length"/> bytes in pool slot <paramref name="slot"/>. The caller keeps its reference and releases it afterwards.</summary>
    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        TakeDatagram(meta, slot, length, ref sink);
        EndBatch(ref sink);
    }

    /// <summary>Takes one of several datagrams that were received together, as <see cref="HandleDatagram"/>; what it brings may wait until <see cref="EndBatch"/>, which is to be called before anything else.</summary>
    public void TakeDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _context.Traffic.Received(length);
        _current = null;
        _relays.Begin();
        try
        {
            Dispatch(meta, slot, length, ref sink);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    /// <summary>Forwards what the datagrams taken since the last call brought.</summary>
    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        try
        {
            _packets.Forward(ref sink);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    /// <summary>Carries out a command.</summary>
    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _current = _commands.RoomOf(command);
        _relays.Begin();
        try
        {
            if (command is CloseRelayLink close && _relays.Registry.Find(close.Link) is { } link)
                RelayReporter.SayGoodbye(link, ref sink);
            _commands.Handle(command, now);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    /// <summary>Does what is due at <paramref name="now"/>, and moves DTLS handshakes on. Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>.</summary>
    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        while (_registry.Activity.TryTake() is { } connection)
            PollDtls(connection, now, ref sink);
        // Rooms first: what they want of publishers is due at once.
        while (_context.RoomDeadlines.TryTakeDue(now, out Room? room))
            HandleTimeout(room, now);
        while (_relays.Registry.Activity.TryTake() is { } link)
            HandleLink(link, isPoll: true, now, ref sink);
        while (_relays.Registry.Deadlines.TryTakeDue(now, out RelayLink? link))
            HandleLink(link, isPoll: false, now, ref sink);
        while (_context.ConnectionDeadlines.TryTakeDue(now, out Connection? connection))
            HandleTimeout(connection, now, ref sink);
    }

    /// <summary>Takes the next event; false when there is none.</summary>
    public bool TryTakeEvent(out ShardEvent shardEvent)
    {
        bool taken = _context.Events.TryTake(out ShardEvent? next);
        shardEvent = next!;
        return taken;
    }

    private void Dispatch<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> datagram = _context.Pool.Bytes(slot)[..length];
        PacketKind kind = PacketDemultiplexer.Classify(datagram);
        // Everything but a frame's next packet finds things as they are after the packets before it.
        if (kind != PacketKind.Rtp)
            _packets.Forward(ref sink);
        switch (kind)
        {
            case PacketKind.Rtp:
                if (TryFind(meta, length, out Connection? media))
                    _packets.Handle(media, slot, length, meta.Arrival, ref sink);
                else if (!_relays.TryHandleRtp(meta, slot, length, ref sink))
                    _context.Drops.Count(DropReason.MediaFromUnknownAddress);
                break;
            case PacketKind.Rtcp:
                if (TryFind(meta, length, out Connection? control))
                    _rtcp.Handle(control, datagram, meta.Arrival, ref sink);
                else if (!_relays.TryHandleRtcp(meta, datagram, ref sink))
                    _context.Drops.Count(DropReason.MediaFromUnknownAddress);
                break;
            case PacketKind.Stun:
                HandleStun(meta, datagram, ref sink);
                break;
            case PacketKind.Dtls:
                if (TryFind(meta, length, out Connection? handshake))
                    HandleDtls(handshake, meta, datagram, ref sink);
                else if (!_relays.TryHandleDtls(meta, datagram, ref sink))
                    _context.Drops.Count(DropReason.DtlsBeforeCheck);
                break;
            default:
                _context.Drops.Count(DropReason.UnknownProtocol);
                break;
        }
    }

    private bool TryFind(in DatagramMeta meta, int length, [NotNullWhen(true)] out Connection? connection)
    {
        connection = _registry.FindByAddress(meta.Source);
        if (connection is null)
            return false;

        _current = connection.Room;
        connection.Transport.Received(length);
        return true;
    }

    private void HandleStun<TSink>(in DatagramMeta meta, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_stun.Find(meta, datagram, out StunMessage message, ref sink) is not { } connection)
            return;
        _current = connection.Room;
        _stun.Handle(connection, meta, message, ref sink);
    }

    private void HandleDtls<TSink>(Connection connection, in DatagramMeta meta, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        connection.Transport.FeedDtls(datagram, meta.Source);
        MoveHandshake(connection, meta.Arrival, ref sink);
    }

    private void PollDtls<TSink>(Connection connection, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (connection.IsClosed)
            return;
        _current = connection.Room;
        try
        {
            MoveHandshake(connection, now, ref sink);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    private void MoveHandshake<TSink>(Connection connection, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (connection.Transport.PollDtls(ref sink))
            connection.OnConnected(now);
        CloseIfEnded(connection, now);
    }

    private void HandleTimeout<TSink>(Connection connection, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _current = connection.Room;
        try
        {
            connection.Transport.HandleTimeout(now);
            if (!CloseIfEnded(connection, now))
                connection.HandleTimeout(now, ref sink);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    private void HandleLink<TSink>(RelayLink link, bool isPoll, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _current = null;
        try
        {
            if (isPoll)
                _relays.PollDtls(link, now, ref sink);
            else
                _relays.HandleTimeout(link, now, ref sink);
        }
        catch (Exception fault)
        {
            Contain(fault);
            // It may have been a room's fault: then the link goes on.
            link.WakeBy(now + RelayTiming.ConnectingPause);
        }
    }

    private void HandleTimeout(Room room, MonotonicTime now)
    {
        _current = room;
        try
        {
            room.HandleTimeout(now);
        }
        catch (Exception fault)
        {
            Contain(fault);
        }
    }

    private bool CloseIfEnded(Connection connection, MonotonicTime now)
    {
        if (connection.Transport.EndAt(now) is not { } end)
            return false;
        TransportCloseReason reason = end switch
        {
            TransportEnd.PeerClosed => TransportCloseReason.PeerClosed,
            TransportEnd.HandshakeFailed => TransportCloseReason.HandshakeFailed,
            TransportEnd.NeverConnected => TransportCloseReason.NeverConnected,
            _ => TransportCloseReason.ConsentExpired,
        };
        _registry.Close(connection, reason, now);
        return true;
    }

    // A fault of ours ends the room it occurred in, or the link where it was in none; the others never notice.
    private void Contain(Exception fault)
    {
        _current ??= _relays.CurrentRoom;
        _context.Drops.Count(DropReason.Fault);
        // Packets that wait may be another room's than the datagram at hand.
        Room? room = _packets.TakeFaultyRoom() ?? _current;
        // What happened and where, without the message: it could hold what people sent.
        if (_faultsTold++ < MaximumFaultsTold)
            _context.Events.Add(new FaultContained(room?.Id, $"{fault.GetType()}\n{fault.StackTrace}"));
        if (room is not null)
            _registry.Abandon(room);
        else if (_relays.Current is { } link)
            _relays.Registry.Abandon(link);
        _current = null;
    }
}
