using Parley.Routing.Directory;
using Parley.Routing.Grants;
using Parley.Rtc.Primitives;
using Parley.Server.Directory;
using Parley.Server.Media;
using Parley.Server.Nodes.Wire;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>
/// Relays between this node's rooms and those of others (I2): before anything crosses, each node has seen the other's grant for the meeting, which names it as a peer, and the other's
/// statement, whose fingerprint the link's DTLS is pinned to. One link for each pair of shards, from the first meeting that needs it to the last. Safe from any thread.
/// </summary>
internal sealed class RelayHub(IMediaNode media, NodeDirectory directory, GrantGate grants, OwnStatement own, PeerClients peers, TimeProvider time, ILogger<RelayHub> log)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly RelayLegs _legs = new();
    // Calls under way that will make the first link from a shard to a node.
    private readonly Dictionary<(string Peer, int Port), TaskCompletionSource> _first = [];
    private uint _lastRow;

    private string Self => directory.Self.Id;

    /// <summary>The meetings that are relayed now.</summary>
    public string[] Meetings
    {
        get
        {
            lock (_gate)
                return [.. _legs.Meetings];
        }
    }

    /// <summary>Relays a room to the room that another node has of the same meeting; null when media can cross, else why not.</summary>
    /// <exception cref="ProblemException">The other node does not answer.</exception>
    public async Task<GrantRefusal?> OpenAsync(HostedRoom room, string peer, CancellationToken cancellation)
    {
        if (grants.FindText(room.Meeting) is not { } grant)
            return new GrantRefusal("grant-missing", "This node holds no grant for the meeting.");
        if (peers.Find(peer) is not { } client)
            return new GrantRefusal("node-unknown", $"The directory lists no node '{peer}' that could be reached.");
        TaskCompletionSource? first = await FirstAsync(peer, room.Port, cancellation);
        RelayCall call = Call(room, peer, grant);
        RelayPeerLink? link;
        GrantRefusal? refusal;
        try
        {
            RelayAnswer answer = await client.RelayAsync(call, deadline: time.GetUtcNow().UtcDateTime + ConnectTimeout, cancellationToken: cancellation);
            (link, refusal) = Settle(room, peer, call, answer);
        }
        catch (Exception fault) when (fault is Grpc.Core.RpcException or ObjectDisposedException)
        {
            throw NodeRefusals.Unreachable(peer, fault is Grpc.Core.RpcException rpc ? rpc.Status.Detail : "its connection was closed.");
        }
        finally
        {
            Release(call, peer, first);
        }

        if (link is null)
        {
            // The other node may have joined already, or this one before.
            lock (_gate)
                Remove(room.Meeting, peer, reason: null);
            TellLeft(room.Meeting, peer);
            return refusal;
        }

        bool connected = await link.Link.Connected.WaitAsync(ConnectTimeout, time, cancellation).ContinueWith(static task => task is { IsCompletedSuccessfully: true, Result: true }, TaskScheduler.Default);
        if (connected)
            return null;
        Leave(room.Meeting, peer);
        return new GrantRefusal("relay-not-connected", $"The relay between '{Self}' and '{peer}' could not be connected: packets between their media ports do not arrive, or another certificate was shown.");
    }

    /// <summary>Answers a node that wants to relay a meeting with this one.</summary>
    /// <param name="peer">The caller.</param>
    /// <param name="call">What it shows and offers.</param>
    /// <param name="room">The meeting's room here; null when there is none.</param>
    public RelayAnswer Answer(string peer, RelayCall call, HostedRoom? room)
    {
        if (grants.CheckPeer(call.Meeting, peer, call.Grant) is { } ungranted)
            return Refuse(ungranted);
        if (room is null || grants.FindText(call.Meeting) is not { } grant)
            return Refuse(new GrantRefusal("room-missing", $"Node '{Self}' has no room of the meeting open."));
        if (!TryReadPeer(peer, call.Statement, call.Port, call.Ufrag, out RelayPeer? read, out GrantRefusal? refusal))
            return Refuse(refusal!);
        lock (_gate)
        {
            RelayPeerLink? link = _legs.FindLink(peer, call.Port, room.Port, call.Links);
            bool reused = link is not null;
            string password = IceText.Password(), ufrag = RelayNames.Ufrag();
            try
            {
                link ??= OpenLink(call.Ufrag, peer, room.Port, read! with { Ufrag = call.Ufrag, Password = call.Password }, ufrag, password);
            }
            catch (ProblemException problem)
            {
                return Refuse(new GrantRefusal(problem.Code, problem.Message));
            }

            if (!Join(room, peer, link, call.Row))
                return Refuse(new GrantRefusal("room-missing", $"Node '{Self}' has no room of the meeting open."));
            return new RelayAnswer { Grant = grant, Statement = own.Text, Port = room.Port, Ufrag = ufrag, Password = password, Link = reused ? link.Name : "" };
        }
    }

    /// <summary>Stops relaying a meeting with a node, and tells it so.</summary>
    public void Leave(string meeting, string peer)
    {
        lock (_gate)
        {
            if (!Remove(meeting, peer, reason: null))
                return;
        }

        TellLeft(meeting, peer);
    }

    /// <summary>Stops relaying a meeting at all, or with all nodes but some.</summary>
    public void LeaveAll(string meeting, IReadOnlyCollection<string>? except = null)
    {
        string[] all;
        lock (_gate)
            all = [.. _legs.PeersOf(meeting).Where(peer => except?.Contains(peer) != true)];
        foreach (string peer in all)
            Leave(meeting, peer);
    }

    /// <summary>A node has told that it no longer relays a meeting with this one.</summary>
    public void PeerLeft(string meeting, string peer)
    {
        lock (_gate)
            Remove(meeting, peer, "peer-left");
    }

    /// <summary>Stops relaying a meeting with all nodes that its grant does not name as peers, or that the directory puts outside its fence; with all, without a grant, or when the room has ended.</summary>
    public void Check(string meeting)
    {
        string[] gone;
        lock (_gate)
        {
            gone = [.. _legs.PeersOf(meeting).Where(peer => !grants.AllowsPeer(meeting, peer) || _legs.Find(meeting, peer)!.Room.IsOver)];
            foreach (string peer in gone)
                Remove(meeting, peer, "grant-peer");
        }

        foreach (string peer in gone)
            TellLeft(meeting, peer);
    }

    private static RelayAnswer Refuse(GrantRefusal refusal) => new() { Verdict = WireNames.Write(refusal) };

    private RelayCall Call(HostedRoom room, string peer, string grant)
    {
        lock (_gate)
        {
            RelayCall call = new()
            {
                Meeting = room.Meeting,
                Row = _legs.Find(room.Meeting, peer)?.Row ?? NextRow(peer),
                Grant = grant,
                Statement = own.Text,
                Port = room.Port,
                Ufrag = RelayNames.Ufrag(),
                Password = IceText.Password(),
            };
            call.Links.Add(_legs.Hold(peer, room.Port));
            return call;
        }
    }

    private void Release(RelayCall call, string peer, TaskCompletionSource? first)
    {
        lock (_gate)
        {
            _legs.Release(call.Links);
            if (first is not null)
                _first.Remove((peer, call.Port));
        }

        first?.SetResult();
    }

    // Many meetings may need the first link to a node at the same moment, as when another one died. One of them makes it, the others wait and share it: two links between two shards
    // would be on the same addresses, and no datagram could tell which is meant.
    private async Task<TaskCompletionSource?> FirstAsync(string peer, int port, CancellationToken cancellation)
    {
        while (true)
        {
            TaskCompletionSource? under;
            lock (_gate)
            {
                if (_legs.HasLink(peer, port))
                    return null;
                if (!_first.TryGetValue((peer, port), out under))
                    return _first[(peer, port)] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await under.Task.WaitAsync(cancellation);
        }
    }

    private (RelayPeerLink? Link, GrantRefusal? Refusal) Settle(HostedRoom room, string peer, RelayCall call, RelayAnswer answer)
    {
        if (WireNames.Read(answer.Verdict) is { } refused)
            return (null, refused);
        if (grants.CheckPeer(room.Meeting, peer, answer.Grant) is { } ungranted)
            return (null, ungranted);
        if (!TryReadPeer(peer, answer.Statement, answer.Port, answer.Ufrag, out RelayPeer? read, out GrantRefusal? refusal))
            return (null, refusal);
        lock (_gate)
        {
            RelayPeerLink? link = answer.Link.Length > 0 ? _legs.FindLink(peer, answer.Port, room.Port, [answer.Link]) : null;
            if (link is null && answer.Link.Length > 0)
                return (null, new GrantRefusal("relay-link-lost", "The relay link ended meanwhile. Ask again."));
            try
            {
                link ??= OpenLink(call.Ufrag, peer, room.Port, read! with { Password = answer.Password }, call.Ufrag, call.Password);
            }
            catch (ProblemException problem)
            {
                return (null, new GrantRefusal(problem.Code, problem.Message));
            }

            return Join(room, peer, link, call.Row) ? (link, null) : (null, new GrantRefusal("room-missing", $"Node '{Self}' has no room of the meeting open."));
        }
    }

    // Each of the two nodes takes numbers that the other never takes.
    private uint NextRow(string peer) => (++_lastRow * 2) + (string.CompareOrdinal(Self, peer) < 0 ? 0u : 1u);

    private bool TryReadPeer(string peer, string statement, int port, string ufrag, out RelayPeer? read, out GrantRefusal? refusal)
    {
        read = null;
        if (!NodeStatementSigner.TryVerify(statement, peer, directory.Current, time.GetUtcNow().ToUnixTimeSeconds(), out NodeStatement? said, out string? reason))
        {
            refusal = new GrantRefusal("statement-invalid", reason!);
            return false;
        }

        byte[]? fingerprint = Fingerprints.Read(said!.Fingerprint);
        TransportAddress[] addresses = RelayNames.Addresses(said, port);
        refusal = (fingerprint is null || addresses.Length == 0 || !RelayNames.IsUfrag(ufrag)) switch
        {
            true => new GrantRefusal("statement-invalid", $"The statement of node '{peer}' names no fingerprint, or not the media port {port}."),
            false => null,
        };
        if (refusal is null)
            read = new RelayPeer(peer, port, ufrag, "", addresses, fingerprint!);
        return refusal is null;
    }

    private RelayPeerLink OpenLink(string name, string peer, int port, RelayPeer remote, string ufrag, string password)
    {
        IRelayLink link = media.OpenLink(port, new RelayEnds
        {
            Initiates = string.CompareOrdinal(Self, peer) < 0,
            LocalUfrag = ufrag,
            LocalPassword = password,
            RemoteUfrag = remote.Ufrag,
            RemotePassword = remote.Password,
            RemoteAddresses = remote.Addresses,
            RemoteFingerprint = remote.Fingerprint,
        });
        RelayPeerLink opened = new(name, peer, remote.Port, link);
        _legs.Add(opened);
        _ = FollowAsync(opened);
        return opened;
    }

    private bool Join(HostedRoom room, string peer, RelayPeerLink link, uint row)
    {
        if (_legs.Find(room.Meeting, peer) is { } before)
        {
            if (before.Link == link && before.Row == row && before.Room == room)
                return true;
            Remove(room.Meeting, peer, reason: null);
        }

        if (!room.Act(shard => shard.Join(link.Link.Id, row)))
        {
            _legs.CloseIfIdle(link);
            return false;
        }

        _legs.Add(new RelayLeg(room, peer, link, row));
        return true;
    }

    private bool Remove(string meeting, string peer, string? reason)
    {
        if (_legs.Remove(meeting, peer) is not { } leg)
            return false;
        leg.Room.Act(shard => shard.Leave(leg.Link.Link.Id));
        _legs.CloseIfIdle(leg.Link);
        if (reason is not null)
            leg.Room.Take(new RelayLost(peer, reason));
        return true;
    }

    private async Task FollowAsync(RelayPeerLink link)
    {
        RelayCloseReason reason = await link.Link.Ended;
        List<RelayLeg> lost;
        lock (_gate)
        {
            lost = _legs.Remove(link);
            foreach (RelayLeg leg in lost)
                leg.Room.Take(new RelayLost(link.Peer, reason.ToString()));
        }

        if (lost.Count > 0)
            log.LogInformation("The relay link to node {Peer} ended with {Count} meetings on it: {Reason}", link.Peer, lost.Count, reason);
    }

    private void TellLeft(string meeting, string peer)
    {
        if (peers.Find(peer) is { } client)
            _ = TellAsync();

        async Task TellAsync()
        {
            try
            {
                await client.UnrelayAsync(new UnrelayCall { Meeting = meeting }, deadline: time.GetUtcNow().UtcDateTime + ConnectTimeout);
            }
            catch (Exception fault) when (fault is Grpc.Core.RpcException or ObjectDisposedException or InvalidOperationException)
            {
                // It finds out by itself: nothing comes over the row any more, and its grant ends.
            }
        }
    }
}
