using System.Globalization;
using CsCheck;
using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>The planner against brute force. <c>PARLEY_PLAN_WORLDS</c> says how many worlds (1,000; <c>make soak</c> takes 10,000), <c>PARLEY_PLAN_SEED</c> which.</summary>
public class OptimumTests(ITestOutputHelper output)
{
    private const int MostNodes = 5;

    private static readonly Gen<PlannedMeeting> SmallMeetings = Worlds.Of(regions: 5, nodesEach: 2, people: 7);

    [Fact]
    public void In_99_of_100_small_worlds_a_plan_costs_at_most_2_percent_more_than_the_best()
    {
        uint seed = Read("PARLEY_PLAN_SEED", 2_026);
        int worlds = (int)Read("PARLEY_PLAN_WORLDS", 1_000);
        List<double> ratios = [];
        PCG random = new(1, seed);
        while (ratios.Count < worlds)
        {
            PlannedMeeting meeting = SmallMeetings.Generate(random, null, out _);
            if (meeting.World.Nodes.Count(node => meeting.Request.AllowedRegions.Contains(node.Region)) > MostNodes || meeting.Plan(out _) is not { } plan)
                continue;
            double cost = CostOf(meeting, plan);
            double ratio = cost / BruteForce.LeastCost(meeting, cost + 1e-6);
            ratios.Add(ratio);
            if (ratio > 1.02)
                output.WriteLine($"{ratio:0.0000}: {meeting}");
        }

        int close = ratios.Count(ratio => ratio <= 1.02);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {close} of {worlds} worlds within 2 %, {ratios.Count(ratio => ratio < 1 + 1e-6)} the best, mean {ratios.Average() - 1:P4} above, at most {ratios.Max() - 1:P2}"));
        Assert.True(close >= worlds * 0.99, $"only {close} of {worlds} with seed {seed}");
    }

    // From the plan's paths, not from what it says of itself.
    private static double CostOf(PlannedMeeting meeting, RoutePlan plan)
    {
        double[] delays = [.. PairDelays.Of(meeting, plan)];
        if (delays.Length == 0)
            return plan.Cost;
        int moves = meeting.Request.Participants.Count(person => person.Node is { } node && node != plan.Nodes[person.Id]);
        return PlanCost.Of(delays.Max(), delays.Average(), moves);
    }

    private static uint Read(string name, uint standard) =>
        uint.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : standard;
}
