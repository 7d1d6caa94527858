using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>A participant's client: checks where it is sent by the fences that it knows, makes the new transport before it breaks the old one, and asks again when it is cut off.</summary>
internal sealed class ModelClient(JoinWish wish, ModelHome home, VirtualTime time, HistoryChecker checker, BrokenRule broken, bool isSlow)
{
    // Longer than anybody waits for a move.
    private const long SlowMove = 12_000;

    private IReadOnlyList<Geofence> _known = [];
    private IReadOnlySet<string> _forbidden = new HashSet<string>();
    private long? _outsideSince;
    private bool _isConnecting;
    private string _told = "";

    public JoinWish Wish => wish;

    public string Id => wish.Participant;

    public bool IsSlow => isSlow;

    public bool IsIn { get; private set; }

    public bool IsGone { get; private set; }

    public ModelNode? Node { get; private set; }

    public void Learn(IReadOnlyList<Geofence> fences) => _known = fences;

    /// <summary>What the home says is forbidden needs no proof.</summary>
    public void Hear(IReadOnlySet<string> forbidden) => _forbidden = forbidden;

    public void Decided(JoinDecision decision)
    {
        if (IsGone)
            return;
        if (decision.Outcome == JoinOutcome.Refused)
        {
            Leave();
            return;
        }

        IsIn = true;
        _told = decision.Node!;
        Connect(home.Nodes[_told]);
    }

    public void Move(string node)
    {
        if (broken.HasFlag(BrokenRule.ClientIgnoresMoves))
            return;
        _told = node;
        if (isSlow)
            time.In(SlowMove, () => Connect(home.Nodes[_told]));
        else
            Connect(home.Nodes[node]);
    }

    public void Leave()
    {
        IsIn = false;
        IsGone = true;
        Disconnect();
    }

    /// <summary>The home has restarted: what carries media stays meanwhile.</summary>
    public void ComeAgain()
    {
        if (IsGone)
            return;
        checker.Asked(wish);
        JoinDecision decision = home.Join(wish);
        if (decision.Outcome is not (JoinOutcome.Admitted or JoinOutcome.Refused))
            return;
        checker.Decided(Id, decision);
        Decided(decision);
    }

    /// <summary>What a client does by itself, every second.</summary>
    public void Poll()
    {
        if (!IsIn)
            return;
        if (Node is not null && (!Node.IsAlive || !Node.People.Contains(Id)))
            Node = null;
        LeaveWhatIsOutside();
        if (Node is null && home.Route.NodeOf(Id, home.Time) is { } node)
        {
            _told = node;
            Connect(home.Nodes[node]);
        }
    }

    private void LeaveWhatIsOutside()
    {
        if (Node is null || (Accepts(Node) && !_forbidden.Contains(Node.Region)))
            _outsideSince = null;
        else if (time.Now - (_outsideSince ??= time.Now) >= RouteTimes.Tightening)
            Disconnect();
    }

    private void Connect(ModelNode node)
    {
        if (_isConnecting || node == Node || !Accepts(node))
            return;
        _isConnecting = true;
        time.In(200, () =>
        {
            _isConnecting = false;
            if (IsIn && node.Lets(time.Now) && Accepts(node))
                Switch(node);
            if (IsIn && !isSlow && _told.Length > 0 && _told != node.Id)
                Connect(home.Nodes[_told]);
        });
    }

    private void Switch(ModelNode node)
    {
        ModelNode? old = Node;
        node.People.Add(Id);
        Node = node;
        checker.Connected(this, node);
        time.In(50, () =>
        {
            if (old != Node)
                old?.People.Remove(Id);
        });
        time.In(60, () => home.Do(route => route.Moved(Id, node.Id, home.Time)));
    }

    private void Disconnect()
    {
        foreach (ModelNode node in home.Nodes.Values)
            node.People.Remove(Id);
        Node = null;
        _outsideSince = null;
    }

    private bool Accepts(ModelNode node)
    {
        if (broken.HasFlag(BrokenRule.ClientAcceptsAnything))
            return true;
        RegionDirectory directory = home.Directory;
        return directory.FindNode(node.Id) is { } entry && directory.FindRegion(entry.Region) is { } region
            && (wish.Fence is not { } own || NaiveFence.Lets(own, region, directory)) && _known.All(fence => NaiveFence.Lets(fence, region, directory));
    }
}
