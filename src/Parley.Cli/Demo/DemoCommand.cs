using System.CommandLine;
using Parley.Cli.Serving;
using Parley.Server.Configuration;

namespace Parley.Cli.Demo;

/// <summary><c>parley demo</c>: several regions on this machine, to see geofences and routes at work.</summary>
public static class DemoCommand
{
    private static readonly Option<string?> Http = new("--http") { Description = "The first region's pages and API; the others take the ports after it where they are free. Default: http://localhost:8080.", HelpName = "URL" };
    private static readonly Option<string?> Data = new("--data") { Description = $"Where keys and meetings are stored. Default: {DataHome.Demo}.", HelpName = "DIR" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("demo", $"Runs Parley on this machine to try it: {DemoWorld.Regions.Count} regions, each its own node with its own key, ports and data. Delays between them are computed from distance, and people may pretend where they are.") { Http, Data };
        command.SetAction(static (parsed, cancellation) =>
        {
            NodeFlags flags = new();
            flags.Set(nameof(NodeOptions.Http), parsed.GetValue(Http) ?? "http://localhost:8080");
            flags.Set(nameof(NodeOptions.Data), parsed.GetValue(Data) ?? DataHome.Demo);
            return Serving.Serving.RunAsync(flags.Values, DemoRun.RunAsync, cancellation);
        });
        return command;
    }
}
