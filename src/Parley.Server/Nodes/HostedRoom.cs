using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>A meeting's room on this node behind the gate: whatever is asked of it is refused without a grant in force. Safe from any thread.</summary>
internal sealed class HostedRoom : IDisposable
{
    private readonly Lock _gate = new();
    private readonly GrantGate _grants;
    private readonly IShardRoom _room;
    private RoomCharge? _charge;
    private volatile bool _isOver;

    /// <summary>Takes a room that was just opened.</summary>
    public HostedRoom(string meeting, IShardRoom room, GrantGate grants)
    {
        Meeting = meeting;
        _room = room;
        _grants = grants;
        _ = FollowAsync();
    }

    /// <summary>The meeting's id.</summary>
    public string Meeting { get; }

    /// <summary>The UDP port of its shard.</summary>
    public int Port => _room.Port;

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => _isOver;

    /// <summary>Lets someone take charge of the room; null when it has ended meanwhile.</summary>
    public RoomCharge? TakeCharge(HostedRooms owner, string node)
    {
        lock (_gate)
        {
            if (_isOver)
                return null;
            _charge?.Complete(null);
            return _charge = new RoomCharge(this, owner, node);
        }
    }

    /// <summary>Does something in the room, if it may be carried now.</summary>
    /// <exception cref="Problems.ProblemException">There is no grant in force, the room has ended, or it refuses by itself.</exception>
    public T Do<T>(RoomCharge charge, Func<IShardRoom, T> action)
    {
        if (_grants.Check(Meeting) is { } refusal)
            throw NodeRefusals.NotGranted(refusal);
        lock (_gate)
        {
            if (_isOver || _charge != charge)
                throw NodeRefusals.RoomEnded(charge.End);
            return action(_room);
        }
    }

    /// <summary>Tells the room something; it is lost when the room may not be carried any more, since then it ends anyway.</summary>
    public void Tell(RoomCharge charge, Action<IShardRoom> action)
    {
        if (_grants.Check(Meeting) is not null)
            return;
        lock (_gate)
        {
            if (!_isOver && _charge == charge)
                action(_room);
        }
    }

    /// <summary>Does something in the room for the node itself; false when it has ended.</summary>
    public bool Act(Action<IShardRoom> action)
    {
        lock (_gate)
        {
            if (_isOver)
                return false;
            action(_room);
            return true;
        }
    }

    /// <summary>Tells whoever is in charge.</summary>
    public void Take(ShardEvent news)
    {
        RoomCharge? charge;
        lock (_gate)
            charge = _charge;
        charge?.Take(news);
    }

    /// <summary>Ends the room and all its transports; true for the first to do so.</summary>
    public bool End(GrantRefusal? why)
    {
        lock (_gate)
        {
            if (_isOver)
                return false;
            _isOver = true;
            _room.Dispose();
            _charge?.Complete(why);
            return true;
        }
    }

    /// <summary>Lets nobody be in charge any more; the room goes on as long as its grant does.</summary>
    public void Leave(RoomCharge charge)
    {
        lock (_gate)
        {
            if (_charge == charge)
                _charge = null;
        }

        charge.Complete(null);
    }

    /// <inheritdoc />
    public void Dispose() => End(null);

    private async Task FollowAsync()
    {
        await foreach (ShardEvent news in _room.Events.ReadAllAsync())
        {
            RoomCharge? charge;
            lock (_gate)
            {
                if (news is TransportClosed closed && !_isOver)
                    _room.Forget(closed.Transport);
                charge = _charge;
            }

            charge?.Take(news);
        }

        // The shard has ended, or the room.
        lock (_gate)
            _charge?.Complete(null);
    }
}
