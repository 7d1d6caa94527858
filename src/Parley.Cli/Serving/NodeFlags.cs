using System.Globalization;
using Parley.Server.Configuration;

namespace Parley.Cli.Serving;

/// <summary>Flags as configuration: those that were given win over files and environment.</summary>
internal sealed class NodeFlags
{
    /// <summary>The values by configuration key.</summary>
    public Dictionary<string, string?> Values { get; } = [];

    /// <summary>Adds a flag, if it was given.</summary>
    public void Set(string name, object? value)
    {
        if (value is string[] list)
        {
            for (int i = 0; i < list.Length; i++)
                Values[$"{NodeOptions.Section}:{name}:{i}"] = list[i];
        }
        else if (value is not null)
        {
            Values[$"{NodeOptions.Section}:{name}"] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }
}
