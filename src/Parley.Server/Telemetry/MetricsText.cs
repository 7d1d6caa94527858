using System.Globalization;
using System.Text;

namespace Parley.Server.Telemetry;

/// <summary>Writes figures in the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric.</summary>
    /// <param name="name">Its name, with the unit at the end.</param>
    /// <param name="type"><c>counter</c> or <c>gauge</c>.</param>
    /// <param name="help">What it counts.</param>
    public MetricsText Metric(string name, string type, string help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        return this;
    }

    /// <summary>Adds a value without labels.</summary>
    public MetricsText Value(string name, double value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        return this;
    }

    /// <summary>Adds a value with labels.</summary>
    public MetricsText Value(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name).Append('{');
        for (int i = 0; i < labels.Length; i++)
        {
            string escaped = labels[i].Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{labels[i].Name}=\"{escaped}\"");
        }

        _text.Append(CultureInfo.InvariantCulture, $"}} {value}\n");
        return this;
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}
