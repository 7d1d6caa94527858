using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Routing.Directory;

/// <summary>How a directory is written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RegionDirectory))]
[JsonSerializable(typeof(NodeStatement))]
internal sealed partial class DirectoryJson : JsonSerializerContext;
