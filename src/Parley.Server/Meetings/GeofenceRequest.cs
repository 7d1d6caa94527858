using System.Text.Json.Serialization;

namespace Parley.Server.Meetings;

/// <summary>A geofence as a caller writes it: lists of selectors.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GeofenceRequest
{
    /// <summary>What is allowed; empty or missing: everything.</summary>
    public string[]? Allow { get; init; }

    /// <summary>What is denied.</summary>
    public string[]? Deny { get; init; }

    /// <summary>Whether it says anything.</summary>
    [JsonIgnore]
    public bool IsEmpty => (Allow ?? []).Length == 0 && (Deny ?? []).Length == 0;

    /// <inheritdoc />
    public override string ToString()
    {
        string text = string.Join(", ", (Allow ?? []).Select(static selector => $"allow {selector}").Concat((Deny ?? []).Select(static selector => $"deny {selector}")));
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
