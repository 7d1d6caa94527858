using System.Diagnostics;
using System.Globalization;
using System.Net;
using Parley.Cli.Load;
using Parley.Cli.Load.Signalling;
using Parley.Comparison;
using Parley.Comparison.Janus;

// parley-comparison ADDRESS PARLEY-COMMAND [ROUNDS] [SECONDS]: run inside a network namespace that has ADDRESS (Janus offers no loopback candidate).
const int HttpPort = 18080;
const int JanusPort = 18088;
string address = args[0];
string command = args[1];
int rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
int seconds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 15;
string? only = Environment.GetEnvironmentVariable("CONTENDER");
string? former = Environment.GetEnvironmentVariable("FORMER");
string? onlyCase = Environment.GetEnvironmentVariable("CASE");

// A method of .NET is compiled up to three times on its way to full speed, when it has been called often enough: what a timer calls ten times a second, after most of a minute. A server's figure is that of its days, not of its first minute. Janus gets the same time.
TimeSpan warmUp = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("WARM_UP") ?? "45", CultureInfo.InvariantCulture));

Uri node = new($"http://127.0.0.1:{HttpPort}");
Uri janus = new($"http://127.0.0.1:{JanusPort}");
Contender[] contenders =
[
    Parley("Parley", command),
    .. former is null ? Array.Empty<Contender>() : [Parley("former", former)],
    new(
        "Janus",
        folder => JanusServer.Describe(folder, JanusPort, address),
        new Uri(janus, "/janus/info"),
        () => new JanusSignalling(janus)),
];

Contest contest = new(IPAddress.Parse(address), serverCore: 0, warmUp, TimeSpan.FromSeconds(seconds));
List<(Case, string, LoadResult)> results = [];
for (int round = 1; round <= rounds; round++)
{
    foreach (Case load in Case.All.Where(load => onlyCase is null || load.Name == onlyCase))
    {
        foreach (Contender contender in contenders.Where(contender => only is null || contender.Name == only))
        {
            LoadResult result = await contest.RunAsync(contender, load);
            results.Add((load, contender.Name, result));
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {load.Name}, {contender.Name}: {result.ServerMicrosecondsPerPacket:0.00} us a packet, loss {result.Loss:P3}, p99 {result.LatencyP99Ms:0.00} ms, load {result.LoadProcessorSeconds / result.Seconds:P0} of a core, load average {LoadAverage()}"));
        }
    }
}

Table.Write(Console.Out, results);
return 0;

Contender Parley(string name, string executable) => new(
    name,
    folder => new ProcessStartInfo(executable) { ArgumentList = { "serve", "--http", node.ToString(), "--media-port", "41000", "--data", folder, "--shards", "1", "--announce", address } },
    new Uri(node, "/readyz"),
    () => new WhipWhepSignalling(node, null));

// What else ran on this machine: latencies mean something on a quiet one only.
static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
