using System.Globalization;

namespace Parley.E2e.Support;

/// <summary>A node's <c>/metrics</c> at one moment.</summary>
internal sealed class Metrics
{
    private readonly Dictionary<string, double> _values;

    private Metrics(Dictionary<string, double> values) => _values = values;

    public double Memory => this["process_resident_memory_bytes"];

    public double Processor => this["process_cpu_seconds_total"];

    public double Allocated => this["parley_allocated_bytes_total"];

    public double Received => Sum("parley_shard_datagrams_received_total");

    public double this[string name] => _values.GetValueOrDefault(name);

    public static Task<Metrics> ReadAsync(NodeProcess node) => ReadAsync(node.Url);

    public static async Task<Metrics> ReadAsync(Uri node)
    {
        using HttpClient http = new() { BaseAddress = node };
        return Read(await http.GetStringAsync("/metrics"));
    }

    /// <summary>Reads the text of the figures.</summary>
    public static Metrics Read(string text)
    {
        return new(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#')
            .Select(static line => (Name: line[..line.LastIndexOf(' ')], Value: line[(line.LastIndexOf(' ') + 1)..]))
            .ToDictionary(static pair => pair.Name, static pair => double.Parse(pair.Value, CultureInfo.InvariantCulture)));
    }

    /// <summary>The rooms on all shards.</summary>
    public double Rooms => Sum("parley_shard_rooms");

    /// <summary>The peer connections on all shards.</summary>
    public double Transports => Sum("parley_shard_transports");

    /// <summary>The bytes that came over relays to this node.</summary>
    public double RelayedIn => Sum("parley_relay_bytes_total", "direction=\"received\"");

    /// <summary>The layers that cross relays to this node now.</summary>
    public double RelayedLayersIn => Sum("parley_relay_layers", "direction=\"received\"");

    /// <summary>What all shards dropped for a reason.</summary>
    public double Drops(string reason) => Sum("parley_shard_drops_total", $"reason=\"{reason}\"");

    /// <summary>What all shards' loops count of a kind.</summary>
    public double Loop(string kind) => Sum("parley_shard_loop", $"kind=\"{kind}\"");

    public override string ToString() => string.Join('\n', _values.Where(static pair => pair.Value != 0).Select(static pair => $"{pair.Key} {pair.Value}"));

    private double Sum(string name, string label = "") =>
        _values.Where(pair => pair.Key.StartsWith(name, StringComparison.Ordinal) && pair.Key.Contains(label, StringComparison.Ordinal)).Sum(static pair => pair.Value);
}
