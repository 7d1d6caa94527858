using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Shards;

/// <summary>Carries out the control plane's commands. A command about what does not exist, or beyond a bound, is refused and counted.</summary>
public sealed class CommandHandler
{
    /// <summary>The most wishes of one subscriber.</summary>
    public const int MaximumWishes = 512;

    private readonly RoomContext _context;
    private readonly ConnectionRegistry _registry;

    /// <summary>Makes the handler of one shard.</summary>
    public CommandHandler(RoomContext context, ConnectionRegistry registry)
    {
        _context = context;
        _registry = registry;
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
                _context.Events.Add(new StatisticsReported(StatisticsBuilder.Build(_context, _registry)));
                break;
            default:
                HandleConnection(command, now);
                break;
        }
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
