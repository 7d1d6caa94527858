using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Cli.Plan;

/// <summary>How the files are read, strictly: what they do not know is a mistake, not a wish. And how the result is written.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    AllowTrailingCommas = true,
    NumberHandling = JsonNumberHandling.Strict,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(WorldFile))]
[JsonSerializable(typeof(MeetingFile))]
[JsonSerializable(typeof(PlanResult))]
internal sealed partial class PlanFileJson : JsonSerializerContext;
