using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Parley.Cli.Plan;

/// <summary><c>parley plan</c>: how a meeting would be carried, and why not otherwise. Needs no node and asks nobody.</summary>
public static class PlanCommand
{
    /// <summary>What the command ends with when a file is wrong.</summary>
    public const int BadFile = 2;

    /// <summary>What it ends with when the fence leaves no plan.</summary>
    public const int NoPlan = 1;

    private static readonly Option<string> World = new("--world") { Description = "The file of regions and delays.", Required = true };
    private static readonly Option<string> Meeting = new("--meeting") { Description = "The file of participants and geofences.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints JSON instead of tables." };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("plan", "Prints the route that a meeting would take through the regions its people allow, and why.") { World, Meeting, Json };
        command.SetAction(static parsed => Run(parsed.GetRequiredValue(World), parsed.GetRequiredValue(Meeting), parsed.GetValue(Json), Console.Out, Console.Error));
        return command;
    }

    /// <summary>Plans, writes and says how it ended.</summary>
    public static int Run(string world, string meeting, bool json, TextWriter output, TextWriter errors)
    {
        PlanResult result;
        try
        {
            WorldFile regions = PlanFiles.ReadWorld(world);
            result = PlanRun.Of(regions, PlanFiles.ReadMeeting(meeting, PlanFiles.Directory(regions)));
        }
        catch (PlanFileException failure)
        {
            errors.WriteLine(failure.Message);
            return BadFile;
        }

        if (json)
            output.WriteLine(JsonSerializer.Serialize(result, PlanFileJson.Default.PlanResult));
        else
            AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }).Write(PlanReport.Of(result));
        return result.Refusal is null ? 0 : NoPlan;
    }
}
