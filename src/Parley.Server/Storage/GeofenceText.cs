using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Routing.Geofences;

namespace Parley.Server.Storage;

/// <summary>A geofence as it is stored: JSON, <c>{}</c> for an open one. What cannot be read throws: a fence that is lost must not become an open one.</summary>
internal static partial class GeofenceText
{
    /// <summary>Writes a geofence.</summary>
    public static string Write(Geofence fence) => JsonSerializer.Serialize(new Stored(fence.Allow, fence.Deny), Json.Default.Stored);

    /// <summary>Reads a geofence.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Geofence Read(string text)
    {
        Stored stored = JsonSerializer.Deserialize(text, Json.Default.Stored) ?? throw new JsonException("A stored geofence is null.");
        return new Geofence { Allow = stored.Allow, Deny = stored.Deny };
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Stored(IReadOnlyList<string>? Allow, IReadOnlyList<string>? Deny);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Stored))]
    private sealed partial class Json : JsonSerializerContext;
}
