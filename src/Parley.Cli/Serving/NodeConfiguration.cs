using Microsoft.Extensions.Configuration;
using Parley.Server.Configuration;

namespace Parley.Cli.Serving;

/// <summary>Reads a node's options: <c>appsettings.json</c> of the working directory, then the environment, then flags.</summary>
internal static class NodeConfiguration
{
    /// <summary>All sources in their order.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static IConfigurationRoot Build(string directory, Dictionary<string, string?> flags) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(flags)
        .Build();

    /// <summary>The options that they give.</summary>
    /// <exception cref="InvalidOperationException">A value is of the wrong kind.</exception>
    public static NodeOptions Read(IConfiguration configuration)
    {
        NodeOptions options = configuration.GetSection(NodeOptions.Section).Get<NodeOptions>() ?? new NodeOptions();
        return options.Data.Length > 0 ? options : options with { Data = DataHome.Default };
    }
}
