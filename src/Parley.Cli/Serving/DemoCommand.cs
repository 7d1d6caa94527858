using System.CommandLine;
using Parley.Server.Configuration;

namespace Parley.Cli.Serving;

/// <summary><c>parley demo</c>: a node to try Parley with, on this machine alone.</summary>
public static class DemoCommand
{
    private static readonly Option<string?> Http = new("--http") { Description = "Where pages and API are served. Default: http://localhost:8080.", HelpName = "URL" };
    private static readonly Option<string?> Data = new("--data") { Description = $"Where keys and meetings are stored. Default: {DataHome.Demo}.", HelpName = "DIR" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("demo", "Runs Parley on this machine to try it: one region, any free media port, its own data directory.") { Http, Data };
        command.SetAction(static (parsed, cancellation) =>
        {
            NodeFlags flags = new();
            flags.Set(nameof(NodeOptions.Http), parsed.GetValue(Http) ?? "http://localhost:8080");
            flags.Set(nameof(NodeOptions.Data), parsed.GetValue(Data) ?? DataHome.Demo);
            flags.Set(nameof(NodeOptions.MediaPort), 0);
            return Serving.RunAsync(flags.Values, "Parley demo", cancellation);
        });
        return command;
    }
}
