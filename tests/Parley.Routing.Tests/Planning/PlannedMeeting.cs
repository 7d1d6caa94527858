using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>A world with a meeting in it, as random tests draw them.</summary>
public sealed record PlannedMeeting(PlanningWorld World, PlanRequest Request)
{
    public RoutePlan? Plan(out PlanRefusal? refusal) => Planner.Plan(World, Request, out refusal);

    /// <summary>The same meeting after it moved to where <paramref name="plan"/> puts it.</summary>
    public PlannedMeeting Settled(RoutePlan plan) => this with
    {
        Request = Request with { Participants = [.. Request.Participants.Select(person => person with { Node = plan.Nodes[person.Id] })] },
    };

    public PlannedMeeting Allowing(IEnumerable<string> regions) => this with { Request = Request with { AllowedRegions = regions.ToHashSet() } };

    public override string ToString()
    {
        IEnumerable<string> nodes = World.Nodes.Select(node => $"{node.Id}/{node.Region}/{node.Capacity}");
        IEnumerable<string> people = Request.Participants.Select(person => $"{person.Id}@{person.Node} {string.Join(' ', person.RoundTrips.Select(trip => $"{trip.Key}:{trip.Value:0}"))}");
        return $"nodes {string.Join(' ', nodes)}; allowed {string.Join(' ', Request.AllowedRegions)}; {string.Join("; ", people)}";
    }
}
