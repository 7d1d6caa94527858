using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Routing.Grants;

/// <summary>How a grant is written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RouteGrant))]
internal sealed partial class GrantJson : JsonSerializerContext;
