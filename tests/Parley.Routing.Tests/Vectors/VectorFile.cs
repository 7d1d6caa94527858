using System.Text.Json;

namespace Parley.Routing.Tests.Vectors;

/// <summary>Reads the vectors that the web client's tests read too.</summary>
internal static class VectorFile
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static T Read<T>(string name)
        => JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", name)), Options)!;
}
