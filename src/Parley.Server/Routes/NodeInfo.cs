using System.Text.Json.Serialization;
using Parley.Server.Media;

namespace Parley.Server.Routes;

/// <summary>A node that carries the meeting.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Region">Its region.</param>
/// <param name="Statement">Its signed node statement; null until it has sent one.</param>
[GenerateSerializer]
[Immutable]
internal sealed record NodeInfo(string Id, string Region, string? Statement)
{
    /// <summary>What the participant who is told needs to come through the node's tunnel; absent where nobody is answered.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TunnelPass? Tunnel { get; init; }
}
