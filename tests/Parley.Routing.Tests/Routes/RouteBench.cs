using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

/// <summary>A meeting's route on a small Europe with one foreign region, its clock, and its actions, each answered at once unless a test says otherwise.</summary>
internal sealed class RouteBench
{
    private readonly List<RouteAction> _history = [];

    public RouteBench(RegionDirectory? directory = null, MeetingRouteOptions? options = null)
    {
        Directory = directory ?? Worlds.Make(Worlds.Frankfurt, Worlds.Paris, Worlds.Zurich, Worlds.Virginia);
        Route = new MeetingRoute(options ?? new MeetingRouteOptions { Meeting = "eu-fra-k3v", Issuer = "n-eu-fra" }, Directory, Now);
        foreach (Node node in Directory.Nodes)
            Route.NodeState(node.Id, 100, Now);
    }

    public RegionDirectory Directory { get; }

    public MeetingRoute Route { get; }

    public RouteTime Now { get; private set; } = new(1_000_000, 1_800_000_000);

    /// <summary>Nodes that answer nothing.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Participants who do not move.</summary>
    public HashSet<string> Stuck { get; } = [];

    public IReadOnlyList<RouteAction> History => _history;

    public JoinDecision Join(string participant, string country = "DE", Geofence? fence = null, bool isHost = false, IReadOnlyDictionary<string, double>? roundTrips = null)
    {
        JoinDecision decision = Route.Join(
            new JoinWish { Participant = participant, Country = country, Fence = fence, IsHost = isHost, RoundTrips = roundTrips ?? new Dictionary<string, double>() }, Now);
        Answer();
        return decision;
    }

    public JoinDecision? DecisionOn(string participant) => _history.OfType<DecideNewcomer>().LastOrDefault(action => action.Participant == participant)?.Decision;

    public string? NodeOf(string participant) => Route.View.Participants.FirstOrDefault(seat => seat.Participant == participant)?.Node;

    public void Answer()
    {
        while (Route.TryTake(out RouteAction? action))
        {
            _history.Add(action!);
            React(action!);
        }
    }

    /// <summary>Lets time pass, deadline by deadline.</summary>
    public void Pass(long milliseconds)
    {
        Answer();
        long end = Now.Milliseconds + milliseconds;
        while (Route.NextDeadline <= end)
        {
            long at = Math.Max(Route.NextDeadline, Now.Milliseconds);
            Set(at);
            Route.Tick(Now);
            Assert.True(Route.NextDeadline > at, "A deadline must move forward.");
            Answer();
        }

        Set(end);
    }

    private void Set(long milliseconds) => Now = new RouteTime(milliseconds, 1_800_000_000 + ((milliseconds - 1_000_000) / 1000));

    private void React(RouteAction action)
    {
        switch (action)
        {
            case IssueGrant issue when !Silent.Contains(issue.Grant.Node):
                Route.GrantAnswered(issue.Grant.Node, issue.Grant.Serial, null, Now);
                break;
            case IssueRevocation revocation when !Silent.Contains(revocation.Grant.Node):
                Route.GrantAnswered(revocation.Grant.Node, revocation.Grant.Serial, null, Now);
                break;
            case OpenRelay open:
                Route.RelayUp(open.A, open.B, Now);
                break;
            case MoveParticipant move when !Stuck.Contains(move.Participant):
                Route.Moved(move.Participant, move.Node, Now);
                break;
        }
    }
}
