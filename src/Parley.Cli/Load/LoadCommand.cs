using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Parley.Cli.Load.Signalling;
using Parley.Dtls;
using Spectre.Console;

namespace Parley.Cli.Load;

/// <summary><c>parley load</c>: publishers and subscribers against a node, and what came of it.</summary>
public static class LoadCommand
{
    private static readonly Option<Uri> Node = new("--node") { Description = "The node's address.", CustomParser = ReadAddress, DefaultValueFactory = static _ => new Uri("http://localhost:8080") };
    private static readonly Option<string?> Meeting = new("--meeting") { Description = "An existing meeting's id; without it a meeting is made." };
    private static readonly Option<int> Publishers = Count("--publishers", "People who send.", 1);
    private static readonly Option<int> Subscribers = Count("--subscribers", "People who watch.", 10);
    private static readonly Option<int> Watched = Count("--watched", "Publishers that each of them watches.", 1);
    private static readonly Option<int> Bitrate = Count("--bitrate", "Video of each publisher, kbit/s.", 1_500);
    private static readonly Option<int> FrameRate = Count("--fps", "Frames a second.", 30);
    private static readonly Option<int> Duration = Count("--duration", "Seconds measured.", 20);
    private static readonly Option<int> WarmUp = Count("--warm-up", "Seconds before measuring begins.", 5);
    private static readonly Option<int?> Process = new("--server-pid") { Description = "The server's process id, when it runs on this machine: its processor time and memory are measured." };
    private static readonly Option<string> Bind = new("--bind") { Description = "The local address to send from.", DefaultValueFactory = static _ => "127.0.0.1" };
    private static readonly Option<string?> Json = new("--json") { Description = "Writes the result as JSON to this file, '-' for standard output." };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("load", "Sends and watches video through a node over WHIP and WHEP, and measures loss, delay and processor time.")
        {
            Node, Meeting, Publishers, Subscribers, Watched, Bitrate, FrameRate, Duration, WarmUp, Process, Bind, Json,
        };
        command.SetAction(static (parsed, cancellation) => RunAsync(parsed, cancellation));
        return command;
    }

    // The library knows no URIs.
    private static Uri? ReadAddress(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address) && address.Scheme is ("http" or "https"))
            return address;
        result.AddError($"'{result.Tokens[0].Value}' is no HTTP address.");
        return null;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        LoadOptions options = Read(parsed);
        try
        {
            LoadResult result = await console.Status().StartAsync("joining", status => RunAsync(options, line => status.Status(Markup.Escape(line)), cancellation));
            console.Write(LoadReport.Of(result));
            await WriteJsonAsync(parsed.GetValue(Json), result, cancellation);
            return result.SilentStreams == 0 ? 0 : 1;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException)
        {
            console.MarkupLineInterpolated($"[red]The load could not run:[/] {failure.Message}");
            return 1;
        }
    }

    private static async Task<LoadResult> RunAsync(LoadOptions options, Action<string> progress, CancellationToken cancellation)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DtlsEndpointFactory dtls = new(DtlsCertificate.Create(key));
        await using WhipWhepSignalling signalling = new(options.Node, options.Meeting);
        return await new LoadRun(options, signalling, dtls, progress).RunAsync(cancellation);
    }

    private static async Task WriteJsonAsync(string? target, LoadResult result, CancellationToken cancellation)
    {
        if (target is null)
            return;
        string json = JsonSerializer.Serialize(result, LoadResultJson.Default.LoadResult);
        if (target == "-")
            await Console.Out.WriteLineAsync(json);
        else
            await File.WriteAllTextAsync(target, json + "\n", cancellation);
    }

    private static LoadOptions Read(ParseResult parsed) => new()
    {
        Node = parsed.GetRequiredValue(Node),
        Meeting = parsed.GetValue(Meeting),
        Publishers = parsed.GetValue(Publishers),
        Subscribers = parsed.GetValue(Subscribers),
        Watched = Math.Min(parsed.GetValue(Watched), parsed.GetValue(Publishers)),
        Bitrate = parsed.GetValue(Bitrate) * 1_000,
        FrameRate = parsed.GetValue(FrameRate),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(Duration)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        ServerProcess = parsed.GetValue(Process),
        LocalAddress = IPAddress.Parse(parsed.GetRequiredValue(Bind)),
    };

    private static Option<int> Count(string name, string description, int standard)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value <= 0)
                result.AddError($"{name} is a number above 0.");
        });
        return option;
    }
}
