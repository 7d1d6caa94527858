using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Sfu.Timing;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Relays;

/// <summary>The relay links of one shard, and the ways to find one: its id, its user fragment, the addresses of the other shard.</summary>
public sealed class RelayRegistry
{
    private const int FingerprintLength = 32;

    private readonly RoomContext _context;
    private readonly IDtlsEndpointFactory _dtls;
    private readonly Dictionary<RelayLinkId, RelayLink> _links = [];
    private readonly AddressTable<RelayLink> _addresses = new();
    private readonly UfragTable<RelayLink> _ufrags = new();

    /// <summary>Makes an empty registry.</summary>
    public RelayRegistry(RoomContext context, IDtlsEndpointFactory dtls, Action wake)
    {
        _context = context;
        _dtls = dtls;
        Activity = new DtlsActivity<RelayLink>(wake);
    }

    /// <summary>The associations that have something to do.</summary>
    public DtlsActivity<RelayLink> Activity { get; }

    /// <summary>When links want to be called.</summary>
    public DeadlineHeap<RelayLink> Deadlines { get; } = new();

    /// <summary>All links.</summary>
    public IReadOnlyCollection<RelayLink> Links => _links.Values;

    /// <summary>The link that an address belongs to; null for an unknown address.</summary>
    public RelayLink? FindByAddress(in TransportAddress address) => _addresses.Count == 0 ? null : _addresses.Find(address);

    /// <summary>The link that one of our user fragments belongs to; null when none has it.</summary>
    public RelayLink? FindByUfrag(ReadOnlySpan<byte> ufrag) => _links.Count == 0 ? null : _ufrags.Find(ufrag);

    /// <summary>Finds a link by its id.</summary>
    public RelayLink? Find(RelayLinkId id) => _links.GetValueOrDefault(id);

    /// <summary>Opens a link; false when its id or user fragment is taken, it cannot be reached, or there are too many.</summary>
    public bool TryOpen(OpenRelayLink command, MonotonicTime now)
    {
        if (_links.Count >= RelayLimits.Links || _links.ContainsKey(command.Link) || command.RemoteFingerprint.Length != FingerprintLength
            || (command.Initiator && command.RemoteAddresses.Count == 0))
        {
            return false;
        }

        var link = new RelayLink(command, _context, Deadlines, owner => new Transport(
            SettingsOf(command), _dtls, Activity.For(owner), _context.Traffic, _context.Entropy, now));
        if (!_ufrags.TryAdd(command.LocalUfrag, link))
        {
            link.Transport.Dispose();
            return false;
        }

        _links.Add(command.Link, link);
        foreach (TransportAddress address in command.RemoteAddresses.Take(IceInitiator.MaximumAddresses))
        {
            if (command.Initiator)
                Claim(address, link);
        }

        link.WakeBy(now);
        return true;
    }

    /// <summary>Makes an address the link's. What the control plane named, and what was checked with its credentials, goes before any peer's claim.</summary>
    public void Claim(in TransportAddress address, RelayLink link)
    {
        RelayLink? owner = _addresses.Find(address);
        if (ReferenceEquals(owner, link))
            return;
        owner?.Addresses.Remove(address);
        _addresses.Set(address, link);
        link.Addresses.Add(address);
    }

    /// <summary>Gives up an address that was the link's.</summary>
    public void Release(in TransportAddress address, RelayLink link)
    {
        _addresses.Remove(address, link);
        link.Addresses.Remove(address);
    }

    /// <summary>Ends a link and leaves its rows.</summary>
    public void Close(RelayLink link, RelayCloseReason reason, MonotonicTime now)
    {
        if (link.IsClosed)
            return;
        Forget(link);
        foreach (RelayRow row in link.Rows.Values.ToArray())
            row.Leave(now);
        link.Transport.Dispose();
        _context.Events.Add(new RelayLinkClosed(link.Id, reason));
    }

    /// <summary>Ends a link in which an internal fault occurred, without touching its rooms further than needed: their rows are detached.</summary>
    public void Abandon(RelayLink link)
    {
        if (link.IsClosed)
            return;
        Forget(link);
        foreach (RelayRow row in link.Rows.Values.ToArray())
        {
            row.Room.Relays.Remove(row);
            row.Detach();
        }

        link.Transport.Dispose();
        _context.Events.Add(new RelayLinkClosed(link.Id, RelayCloseReason.Fault));
    }

    /// <summary>Joins a room to a link; false when there is no such link, the row is taken, the room is on it already, or it has too many rows.</summary>
    public bool TryJoin(Room room, RelayLinkId id, uint number, MonotonicTime now)
    {
        if (Find(id) is not { } link || link.Rows.Count >= RelayLimits.Rows || link.Rows.ContainsKey(number) || FindRow(room, link) is not null)
            return false;
        var row = new RelayRow(link, room, number);
        link.Rows.Add(number, row);
        room.Relays.Add(row);
        room.Unsettle();
        room.Settle(now);
        link.Rouse(row, now);
        return true;
    }

    /// <summary>Takes a room off a link; false when it is not on it.</summary>
    public bool TryLeave(Room room, RelayLinkId id, MonotonicTime now)
    {
        if (Find(id) is not { } link || FindRow(room, link) is not { } row)
            return false;
        link.Farewells.Add((row.Number, row.Log.Birth));
        row.Leave(now);
        link.WakeBy(now);
        return true;
    }

    private static RelayRow? FindRow(Room room, RelayLink link)
    {
        foreach (IRoomRelay relay in room.Relays)
        {
            if (relay is RelayRow row && ReferenceEquals(row.Link, link))
                return row;
        }

        return null;
    }

    private static TransportSettings SettingsOf(OpenRelayLink command) => new()
    {
        Local = new IceCredentials(command.LocalUfrag, command.LocalPassword),
        Remote = new IceCredentials(command.RemoteUfrag, command.RemotePassword),
        RemoteFingerprint = command.RemoteFingerprint,
        Initiates = command.Initiator,
        RemoteAddresses = command.RemoteAddresses,
        ConnectingTime = command.Initiator ? RelayTiming.Silence : RelayTiming.Waiting,
        MaximumStreams = RelayLimits.Streams,
    };

    private void Forget(RelayLink link)
    {
        link.IsClosed = true;
        _links.Remove(link.Id);
        _ufrags.Remove(link.Ufrag, link);
        foreach (TransportAddress address in link.Addresses)
            _addresses.Remove(address, link);
        Deadlines.Set(link.Timer, MonotonicTime.Never);
    }
}
