using System.Text;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Shards;

/// <summary>Carries out the control plane's commands. A command about what does not exist, or beyond a bound, is refused and counted.</summary>
public sealed class CommandHandler
{
    /// <summary>The most wishes of one subscriber.</summary>
    public const int MaximumWishes = 512;

    private readonly RoomContext _context;
    private readonly ConnectionRegistry _registry;
    private readonly RelayRegistry _relays;

    /// <summary>Makes the handler of one shard.</summary>
    public CommandHandler(RoomContext context, ConnectionRegistry registry, RelayRegistry relays)
    {
        _context = context;
        _registry = registry;
        _relays = relays;
    }

    /// <summary>The room whose state a command touches; null when it touches none that exists.</summary>
    public Room? RoomOf(ShardCommand command) => command switch
    {
        RenegotiateTransport renegotiate => _registry.Find(renegotiate.Transport)?.Room,
        CloseTransport close => _registry.Find(close.Transport)?.Room,
        SetView view => _registry.Find(view.Transport)?.Room,
        SetMuted muted => _registry.Find(muted.Transport)?.Room,
        ConnectTransport connect => _registry.FindRoom(connect.Room),
        CloseRoom close => _registry.FindRoom(close.Room),
        JoinRelay join => _registry.FindRoom(join.Room),
        LeaveRelay leave => _registry.FindRoom(leave.Room),
        _ => null,
    };

    /// <summary>Carries out a command.</summary>
    public void Handle(ShardCommand command, MonotonicTime now)
    {
        switch (command)
        {
            case OpenRoom open:
                _registry.OpenRoom(open.Room);
                break;
            case CloseRoom close:
                _registry.CloseRoom(close.Room, TransportCloseReason.Requested, now);
                break;
            case ConnectTransport connect:
                Connect(connect, now);
                break;
            case ReportStatistics:
                _context.Events.Add(new StatisticsReported(StatisticsBuilder.Build(_context, _registry, _relays)));
                break;
            case OpenRelayLink or CloseRelayLink or JoinRelay or LeaveRelay:
                HandleRelay(command, now);
                break;
            default:
                HandleConnection(command, now);
                break;
        }
    }

    private void HandleRelay(ShardCommand command, MonotonicTime now)
    {
        bool isDone = command switch
        {
            OpenRelayLink open => TryOpen(open, now),
            CloseRelayLink close => TryClose(close.Link, now),
            JoinRelay join => _registry.FindRoom(join.Room) is { } room && _relays.TryJoin(room, join.Link, join.Row, now),
            LeaveRelay leave => _registry.FindRoom(leave.Room) is { } room && _relays.TryLeave(room, leave.Link, now),
            _ => false,
        };
        if (!isDone)
            _context.Drops.Count(DropReason.CommandRefused);
    }

    private bool TryOpen(OpenRelayLink command, MonotonicTime now)
    {
        if (_registry.FindByUfrag(Encoding.UTF8.GetBytes(command.LocalUfrag)) is null && _relays.TryOpen(command, now))
            return true;
        // A link that exists already is not the one that was refused.
        if (_relays.Find(command.Link) is null)
            _context.Events.Add(new RelayLinkClosed(command.Link, RelayCloseReason.Refused));
        return false;
    }

    private bool TryClose(RelayLinkId id, MonotonicTime now)
    {
        if (_relays.Find(id) is not { } link)
            return false;
        _relays.Close(link, RelayCloseReason.Requested, now);
        return true;
    }

    private void HandleConnection(ShardCommand command, MonotonicTime now)
    {
        switch (command)
        {
            case RenegotiateTransport renegotiate when _registry.Find(renegotiate.Transport) is { } connection:
                _registry.Renegotiate(connection, renegotiate, now);
                break;
            case CloseTransport close when _registry.Find(close.Transport) is { } connection:
                _registry.Close(connection, TransportCloseReason.Requested, now);
                break;
            case SetView view when _registry.Find(view.Transport) is { } connection:
                connection.Wishes = [.. view.Wishes.Take(MaximumWishes)];
                connection.Room.Unsettle();
                connection.Room.Settle(now);
                break;
            case SetMuted muted when _registry.Find(muted.Transport) is { } connection && connection.FindPublication(muted.Source) is { } publication:
                connection.Room.SetMuted(publication, muted.Muted, now);
                break;
            default:
                _context.Drops.Count(DropReason.CommandRefused);
                break;
        }
    }

    private void Connect(ConnectTransport command, MonotonicTime now)
    {
        if (_registry.TryConnect(command, now))
            return;
        _context.Drops.Count(DropReason.CommandRefused);
        // A transport that exists already is not the one that was refused.
        if (_registry.Find(command.Transport) is null)
            _context.Events.Add(new TransportClosed(command.Room, command.Transport, TransportCloseReason.Fault));
    }
}
