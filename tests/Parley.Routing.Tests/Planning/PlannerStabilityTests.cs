using System.Globalization;
using CsCheck;
using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>People stay where they are unless moving them wins more than it costs.</summary>
public class PlannerStabilityTests(ITestOutputHelper output)
{
    private const int Iterations = 300;

    private static readonly Gen<PlannedMeeting> Meetings = Worlds.Of(regions: 6, nodesEach: 2, people: 9);

    [Fact]
    public void A_join_never_costs_more_than_if_everyone_else_had_stayed() => AfterOneJoined(static (before, joined, plan) =>
    {
        foreach (PlanNode node in joined.World.Nodes)
        {
            Dictionary<string, string> staying = new(before.Nodes) { [Newcomer(joined)] = node.Id };
            if (Planner.Evaluate(joined.World, joined.Request, staying) is { } stayed)
                Assert.True(plan.Cost <= stayed.Cost + 1e-6, $"{plan.Cost} with {plan.Moves} moves, {stayed.Cost} with none");
        }
    });

    [Fact]
    public void A_join_moves_few()
    {
        int joins = 0, moves = 0, most = 0;
        AfterOneJoined((_, _, plan) =>
        {
            joins++;
            moves += plan.Moves;
            most = Math.Max(most, plan.Moves);
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moves} moves in {joins} joins, at most {most} in one"));
        Assert.True(moves < joins * 0.2, $"{moves} moves in {joins} joins");
    }

    [Fact]
    public void A_join_to_a_large_meeting_moves_hardly_anybody()
    {
        PlannedMeeting meeting = LargeWorlds.Of(11, 30, 300, tight: false);
        IReadOnlyList<PlanParticipant> everyone = meeting.Request.Participants;
        PlannedMeeting growing = meeting with { Request = meeting.Request with { Participants = [.. everyone.Take(280)] } };
        growing = growing.Settled(growing.Plan(out _)!);
        int moves = 0;
        foreach (PlanParticipant newcomer in everyone.Skip(280))
        {
            growing = growing with { Request = growing.Request with { Participants = [.. growing.Request.Participants, newcomer] } };
            RoutePlan plan = growing.Plan(out _)!;
            moves += plan.Moves;
            growing = growing.Settled(plan);
        }

        Assert.True(moves <= 20, $"{moves} moves in 20 joins");
    }

    [Fact]
    public void Who_stood_on_a_forbidden_node_moves_and_nobody_else_need()
    {
        PlannedMeeting meeting = LargeWorlds.Of(3, 6, 40, tight: false);
        RoutePlan plan = meeting.Plan(out _)!;
        PlannedMeeting settled = meeting.Settled(plan);
        string region = settled.World.Nodes.First(node => plan.Nodes.Values.Contains(node.Id)).Region;
        HashSet<string> gone = [.. settled.World.Nodes.Where(node => node.Region == region).Select(node => node.Id)];
        int forced = plan.Nodes.Values.Count(gone.Contains);
        RoutePlan after = settled.Allowing(settled.Request.AllowedRegions.Where(allowed => allowed != region)).Plan(out _)!;
        Assert.DoesNotContain(after.Nodes.Values, gone.Contains);
        Assert.True(forced > 0 && after.Moves >= forced);
        Assert.True(after.Moves <= forced + 5, $"{after.Moves} moves where {forced} had to");
    }

    // The search is no proof: in one world of 16,000 it found less with more regions. What is bounded is how often, and by how much.
    [Fact]
    public void A_wider_fence_is_not_worse()
    {
        int compared = 0, worse = 0;
        Gen.Select(Meetings, Gen.Int[0, 5]).Sample((meeting, without) =>
        {
            PlanRequest anew = meeting.Request with { MoveCost = 0 };
            IEnumerable<string> narrower = anew.AllowedRegions.Where(region => region != $"r{without}");
            RoutePlan? narrow = Planner.Plan(meeting.World, anew with { AllowedRegions = narrower.ToHashSet() }, out _);
            if (narrow is null)
                return;
            RoutePlan? wide = Planner.Plan(meeting.World, anew, out PlanRefusal? refusal);
            Assert.True(wide is not null, refusal?.Sentence);
            Interlocked.Increment(ref compared);
            if (wide.Cost > narrow.Cost + 1e-6)
                Interlocked.Increment(ref worse);
            Assert.True(wide.Cost <= narrow.Cost * 1.25, $"{wide.Cost} with more regions, {narrow.Cost} with fewer");
        }, iter: 4 * Iterations);
        output.WriteLine($"{worse} of {compared} worse");
        Assert.True(worse * 200 <= compared, $"{worse} of {compared} worse");
    }

    private static string Newcomer(PlannedMeeting meeting) => meeting.Request.Participants[^1].Id;

    private static void AfterOneJoined(Action<RoutePlan, PlannedMeeting, RoutePlan> check) => Meetings.Sample(meeting =>
    {
        IReadOnlyList<PlanParticipant> people = meeting.Request.Participants;
        PlannedMeeting before = meeting with { Request = meeting.Request with { Participants = [.. people.SkipLast(1)] } };
        if (before.Plan(out _) is not { } plan)
            return;
        PlanParticipant newcomer = people[^1] with { Node = null };
        PlannedMeeting joined = before.Settled(plan);
        joined = joined with { Request = joined.Request with { Participants = [.. joined.Request.Participants, newcomer] } };
        if (joined.Plan(out _) is { } after)
            check(plan, joined, after);
    }, iter: Iterations, threads: 1);
}
