using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Grants;
using Parley.Server.Nodes;

namespace Parley.Server.Tests.Worlds;

/// <summary>Another region's media node as a test plays it: it checks grants like a real one, and has no media.</summary>
internal sealed class FakeLink : IMediaNodeLink, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lock _gate = new();
    private GrantTable? _table;
    private RegionDirectory? _directory;

    public FakeLink(string region, string? node = null)
    {
        Region = region;
        Node = node ?? "n_" + region;
    }

    public string Node { get; }

    public string Region { get; }

    public bool IsAlive { get; set; } = true;

    public string? Statement { get; private set; }

    public NodeLoad Load { get; set; } = new(1000, 0);

    public string? Life { get; private set; } = "1";

    /// <summary>Whether calls hang until the node is dead: what they do when a machine stops.</summary>
    public TaskCompletionSource? Hangs { get; set; }

    /// <summary>Whether somebody waits for an answer.</summary>
    public bool IsAsked { get; private set; }

    public ConcurrentQueue<string> Log { get; } = new();

    public ConcurrentQueue<FakeNodeRoom> Rooms { get; } = new();

    public Node Entry => new()
    {
        Id = Node,
        Region = Region,
        Key = Base64Url.EncodeToString(_key.ExportSubjectPublicKeyInfo()),
        Roles = ["control", "media"],
        FrontDoor = $"https://{Region}.example.org",
    };

    private static long Utc => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public void Use(RegionDirectory directory)
    {
        _directory = directory;
        (_table ??= new GrantTable(Node, directory, life: Life)).Use(directory);
        Statement = NodeStatementSigner.Sign(
            new NodeStatement { Node = Node, Region = Region, Fingerprint = "AA", Addresses = [], Issued = Utc, Expires = Utc + 600 }, _key);
    }

    /// <summary>The newest room of a meeting.</summary>
    public FakeNodeRoom RoomOf(string meeting) => Rooms.Last(room => room.Meeting == meeting);

    /// <summary>Restarts, and forgets all grants.</summary>
    public void Forget()
    {
        Life += "1";
        _table = new GrantTable(Node, _directory!, life: Life);
    }

    /// <summary>Whether the node holds a grant for the meeting.</summary>
    public bool Holds(string meeting)
    {
        lock (_gate)
            return _table!.Find(meeting, Environment.TickCount64) is not null;
    }

    public async Task<GrantRefusal?> GrantAsync(string grant, CancellationToken cancellation = default)
    {
        await AnswerAsync(cancellation);
        return Take(grant, "grant");
    }

    public async Task<GrantRefusal?> RevokeAsync(string revocation, CancellationToken cancellation = default)
    {
        await AnswerAsync(cancellation);
        return Take(revocation, "revoke");
    }

    public async Task<IMediaRoom> OpenRoomAsync(string meeting, IReadOnlyCollection<string>? peers = null, CancellationToken cancellation = default)
    {
        await AnswerAsync(cancellation);
        if (!Holds(meeting))
            throw NodeRefusals.NotGranted(new GrantRefusal("grant-missing", "No grant."));
        FakeNodeRoom room = new(this, meeting, peers ?? []);
        Rooms.Enqueue(room);
        return room;
    }

    public void Dispose() => _key.Dispose();

    /// <summary>Refuses like a node that does not answer, or hangs like one that stopped.</summary>
    public async Task AnswerAsync(CancellationToken cancellation)
    {
        if (Hangs is { } hangs)
        {
            IsAsked = true;
            await hangs.Task.WaitAsync(cancellation);
        }

        if (!IsAlive)
            throw NodeRefusals.Unreachable(Node, "it is dead.");
    }

    private GrantRefusal? Take(string text, string kind)
    {
        lock (_gate)
        {
            GrantRefusal? refusal = _table!.Accept(text, Utc, Environment.TickCount64, out RouteGrant? grant);
            Log.Enqueue(refusal is null ? kind : $"{kind} refused {refusal.Rule}");
            if (refusal is null && grant!.Revokes)
            {
                foreach (FakeNodeRoom room in Rooms.Where(room => room.Meeting == grant.Meeting))
                    room.Stop(new GrantRefusal("grant-revoked", "Revoked."));
            }

            return refusal;
        }
    }
}
