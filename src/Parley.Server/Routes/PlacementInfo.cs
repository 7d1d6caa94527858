using System.Text.Json.Serialization;

namespace Parley.Server.Routes;

/// <summary>Where a participant is connected.</summary>
/// <param name="Id">The participant's id.</param>
/// <param name="Node">Its node; null: none at present.</param>
/// <param name="Region">The node's region.</param>
[GenerateSerializer]
[Immutable]
internal sealed record PlacementInfo(string Id, string? Node, string? Region)
{
    /// <summary>The country it is in; null where that is not told.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Country { get; init; }
}
