using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Routing.Routes;

namespace Parley.Server.Storage;

/// <summary>A route's memory as it is stored: JSON, the same text for the same memory. What cannot be read throws: a node that is forgotten could go on to carry what it must not.</summary>
internal static partial class RouteMemoryText
{
    /// <summary>Writes a memory.</summary>
    public static string Write(RouteMemory memory) => JsonSerializer.Serialize(
        new StoredMemory([.. memory.Nodes], [.. memory.Fences.Select(GeofenceText.Write).Order(StringComparer.Ordinal)], [.. memory.Countries]), MemoryJson.Default.StoredMemory);

    /// <summary>Reads a memory.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RouteMemory Read(string text)
    {
        StoredMemory stored = JsonSerializer.Deserialize(text, MemoryJson.Default.StoredMemory) ?? throw new JsonException("A stored memory of a route is null.");
        return new RouteMemory { Nodes = stored.Nodes, Fences = [.. stored.Fences.Select(GeofenceText.Read)], Countries = stored.Countries };
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record StoredMemory(string[] Nodes, string[] Fences, string[] Countries);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(StoredMemory))]
    private sealed partial class MemoryJson : JsonSerializerContext;
}
