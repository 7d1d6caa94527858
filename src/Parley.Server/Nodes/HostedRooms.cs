using System.Collections.Concurrent;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Media;

namespace Parley.Server.Nodes;

/// <summary>
/// The rooms on this node, at most one for each meeting. Looks four times a second whether each may still be carried: a grant that has expired, was revoked, or that the directory no longer
/// bears out ends the room, its transports and its relays.
/// </summary>
internal sealed class HostedRooms(IMediaNode node, NodeDirectory directory, GrantGate grants, RelayHub relays, TunnelPasses passes, NodeOptions options, TimeProvider time, ILogger<HostedRooms> log) : BackgroundService
{
    /// <summary>The time between two looks: an end follows within a second of its cause.</summary>
    public static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, HostedRoom> _rooms = new();
    private readonly Lock _opening = new();

    /// <summary>How many there are.</summary>
    public int Count => _rooms.Count;

    /// <summary>The life of this node that grants must name.</summary>
    public string Life => grants.Life;

    /// <summary>How much this node can carry, and does.</summary>
    public NodeLoad Load => new(options.Places, node.Snapshot().Sum(static shard => shard.Statistics?.Transports.Count ?? 0));

    /// <summary>The credentials of this node's tunnel.</summary>
    public TunnelPasses Passes => passes;

    /// <summary>Their relays.</summary>
    public RelayHub Relays => relays;

    /// <summary>The room that is open of a meeting; null when there is none.</summary>
    public HostedRoom? Find(string meeting) => _rooms.GetValueOrDefault(meeting);

    /// <summary>Opens a meeting's room, or takes charge of the one that is open; that is relayed with no others than these then.</summary>
    /// <exception cref="Problems.ProblemException">There is no grant for it in force, or no shard can take it.</exception>
    public RoomCharge Open(string meeting, IReadOnlyCollection<string> peers)
    {
        if (grants.Check(meeting) is { } refusal)
            throw NodeRefusals.NotGranted(refusal);
        lock (_opening)
        {
            if (_rooms.TryGetValue(meeting, out HostedRoom? open) && open.TakeCharge(this, directory.Self.Id) is { } charge)
            {
                relays.LeaveAll(meeting, except: peers);
                return charge;
            }

            HostedRoom opened = _rooms[meeting] = new HostedRoom(meeting, node.OpenRoom(meeting), grants);
            return opened.TakeCharge(this, directory.Self.Id)!;
        }
    }

    /// <summary>Takes a grant; says why not otherwise.</summary>
    public GrantRefusal? Grant(string text)
    {
        if (grants.Accept(text, out RouteGrant? granted) is { } refusal)
            return refusal;
        Check(granted!.Meeting, null);
        return null;
    }

    /// <summary>Takes a revocation, which ends the meeting's room at once; says why not otherwise.</summary>
    public GrantRefusal? Revoke(string text)
    {
        if (grants.Accept(text, out RouteGrant? revoked) is { } refusal)
            return refusal;
        if (revoked!.Revokes)
            Check(revoked.Meeting, new GrantRefusal("grant-revoked", "The meeting's home has revoked this node's grant."));
        return null;
    }

    /// <summary>Ends a room.</summary>
    public void Close(HostedRoom room)
    {
        relays.LeaveAll(room.Meeting);
        if (room.End(null))
            _rooms.TryRemove(KeyValuePair.Create(room.Meeting, room));
    }

    /// <summary>Ends what may not be carried any more: rooms, and relays, those too whose room ended while they were made.</summary>
    public void Sweep()
    {
        grants.Sweep();
        foreach (string meeting in _rooms.Keys.Concat(relays.Meetings).Distinct())
            Check(meeting, null);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(SweepPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the node.
        }
    }

    private void Check(string meeting, GrantRefusal? why)
    {
        relays.Check(meeting);
        if (grants.Check(meeting) is not { } refusal || !_rooms.TryGetValue(meeting, out HostedRoom? room) || !room.End(why ?? refusal))
            return;
        _rooms.TryRemove(KeyValuePair.Create(meeting, room));
        log.LogInformation("A room was ended by this node: {Rule}", (why ?? refusal).Rule);
    }
}
