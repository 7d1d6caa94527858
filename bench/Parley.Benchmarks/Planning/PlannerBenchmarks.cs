using BenchmarkDotNet.Attributes;
using Parley.Routing.Planning;

namespace Parley.Benchmarks.Planning;

/// <summary>A plan from nothing, and one when somebody joins; over thirty regions.</summary>
public class PlannerBenchmarks
{
    private PlanningWorld _world = null!;
    private PlanRequest _fresh = null!;
    private PlanRequest _joined = null!;

    [Params(5, 50, 1_000)]
    public int People { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        CityWorld cities = new(RouteComparison.FindWorld(), People);
        PlanRequest all = cities.Meeting(new(1), People, double.MaxValue);
        _world = cities.World;
        _fresh = all;
        PlanRequest before = all with { Participants = [.. all.Participants.SkipLast(1)] };
        RoutePlan plan = Planner.Plan(_world, before, out _)!;
        _joined = all with { Participants = [.. before.Participants.Select(person => person with { Node = plan.Nodes[person.Id] }), all.Participants[^1]] };
    }

    [Benchmark]
    public RoutePlan? FromNothing() => Planner.Plan(_world, _fresh, out _);

    [Benchmark]
    public RoutePlan? OneJoins() => Planner.Plan(_world, _joined, out _);
}
