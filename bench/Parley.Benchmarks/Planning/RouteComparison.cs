using System.Globalization;
using Parley.Routing.Planning;

namespace Parley.Benchmarks.Planning;

/// <summary>The planner beside two simple rules over meetings of real cities: everyone to the nearest region, and one region for all. Writes a table, and a picture of the means.</summary>
internal static class RouteComparison
{
    private const int Meetings = 200;

    private static readonly (string Name, int People, double Radius)[] Cases =
    [
        ("5 people within 3,000 km", 5, 3_000),
        ("5 people anywhere", 5, double.MaxValue),
        ("20 people anywhere", 20, double.MaxValue),
        ("100 people anywhere", 100, double.MaxValue),
        ("1,000 people anywhere", 1_000, double.MaxValue),
    ];

    public static string FindWorld()
    {
        string folder = Environment.CurrentDirectory;
        while (!File.Exists(Path.Combine(folder, "Parley.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it inside the repository.");
        return Path.Combine(folder, "docs", "examples", "world.json");
    }

    public static void Run(string picture)
    {
        CityWorld cities = new(FindWorld(), 1_000);
        List<(string Case, RouteFigures[] Rules)> rows = [];
        Console.WriteLine("| meetings | rule | worst ms | mean ms | cost ms | regions | cost above the planner's | processor ms to plan |");
        Console.WriteLine("| --- | --- | --: | --: | --: | --: | --: | --: |");
        foreach ((string name, int people, double radius) in Cases)
        {
            RouteFigures[] rules = Measure(cities, people, radius, people >= 1_000 ? Meetings / 10 : Meetings);
            rows.Add((name, rules));
            foreach (RouteFigures rule in rules)
            {
                string time = rule.Milliseconds > 0 ? rule.Milliseconds.ToString("0.00", CultureInfo.InvariantCulture) : "";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {rule.Rule} | {rule.Worst:0} | {rule.Mean:0} | {rule.Cost:0} | {rule.Regions:0.0} | {rule.Cost / rules[0].Cost - 1:P0} | {time} |"));
            }
        }

        File.WriteAllText(picture, RouteChart.Draw(rows));
    }

    private static RouteFigures[] Measure(CityWorld cities, int people, double radius, int meetings)
    {
        Random random = new(20);
        List<RoutePlan> planned = [], nearest = [], single = [];
        List<PlanRequest> requests = [];
        for (int i = 0; i < meetings; i++)
        {
            PlanRequest meeting = cities.Meeting(random, people, radius);
            requests.Add(meeting);
            planned.Add(Planner.Plan(cities.World, meeting, out _)!);
            nearest.Add(Planner.Evaluate(cities.World, meeting, meeting.Participants.ToDictionary(person => person.Id, person => person.RoundTrips.MinBy(trip => trip.Value).Key))!);
            single.Add(cities.Places.Keys.Select(region => Planner.Evaluate(cities.World, meeting, meeting.Participants.ToDictionary(person => person.Id, _ => region))!).MinBy(plan => plan.Cost)!);
        }

        // By now all is compiled. Processor time: other work on the machine does not count.
        TimeSpan before = Environment.CpuUsage.TotalTime;
        requests.ForEach(meeting => Planner.Plan(cities.World, meeting, out _));
        double milliseconds = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / meetings;
        return [RouteFigures.Of("planner", planned, milliseconds), RouteFigures.Of("everyone to the nearest", nearest, 0), RouteFigures.Of("the best one for all", single, 0)];
    }
}
