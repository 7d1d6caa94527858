using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Plan;

/// <summary>A plan as tables for people.</summary>
internal static class PlanReport
{
    public static IRenderable Of(PlanResult result)
    {
        List<IRenderable> parts = [Regions(result)];
        if (result.Refusal is { } refusal)
        {
            parts.Add(new Text($"No plan ({refusal.Rule}): {refusal.Sentence}"));
            return new Rows(parts);
        }

        parts.Add(People(result));
        if (result.Relays.Count > 0)
            parts.Add(Relays(result));
        parts.Add(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"From mouth to ear {result.MeanDelay:0} ms in the mean, {result.WorstDelay:0} ms at worst{(result.Moves > 0 ? $"; {result.Moves} must move" : "")}. {Source(result)}")));
        return new Rows(parts);
    }

    private static string Source(PlanResult result) =>
        result.Computed == true ? "The delays are computed: where the files give no measured one, distance stands in." : "The delays are measured.";

    private static Table Regions(PlanResult result)
    {
        Table table = new Table().Title("Regions").AddColumns("region", "carries", "why", "scope");
        foreach (PlanVerdict region in result.Fence.Regions.OrderByDescending(static region => region.Allowed))
            table.AddRow(new Text(region.Id), new Text(Carries(result, region)), new Text(region.Reason), new Text(region.Scope));
        return table;
    }

    private static string Carries(PlanResult result, PlanVerdict region)
    {
        int people = result.Participants.Count(seat => seat.Region == region.Id);
        if (!region.Allowed)
            return "forbidden";
        return people == 0 ? "allowed" : $"{people} of {result.Participants.Count}";
    }

    private static Table People(PlanResult result)
    {
        Table table = new Table().Title("Participants").AddColumns("participant", "node").AddColumn(new TableColumn("to the others, ms").RightAligned());
        foreach (PlanSeat seat in result.Participants)
            table.AddRow(new Text(seat.Id), new Text(seat.Node), new Text(seat.ExpectedDelay.ToString("0", CultureInfo.InvariantCulture)));
        return table;
    }

    private static Table Relays(PlanResult result)
    {
        Table table = new Table().Title("Relays").AddColumns("between", "and").AddColumn(new TableColumn("one way, ms").RightAligned());
        foreach (PlanLeg leg in result.Relays)
            table.AddRow(new Text(leg.From), new Text(leg.To), new Text(leg.Delay.ToString("0", CultureInfo.InvariantCulture)));
        return table;
    }
}
