using System.Text.Json.Serialization;
using Parley.Server.Geofences;

namespace Parley.Server.Problems;

/// <summary>An error as RFC 9457 writes it: the same on HTTP and on the hub.</summary>
/// <param name="Type">A path that names the kind of error: <c>/problems/CODE</c>.</param>
/// <param name="Title">The kind of error in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened here and what to do, as a sentence.</param>
/// <param name="Code">The kind of error for programs; it never changes.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>Whose rule decides.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    /// <summary>The verdict on every region.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegionVerdictView[]? Regions { get; init; }

    /// <summary>The rules that have nothing in common.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConflictView[]? Conflicts { get; init; }

    /// <summary>Where to call instead: an origin.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FrontDoor { get; init; }

    /// <summary>Where the very same call goes instead: the answer's <c>Location</c>.</summary>
    [Id(4)]
    [JsonIgnore]
    public string? Location { get; init; }

    /// <summary>The present generation of the meeting's group.</summary>
    [Id(5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Generation { get; init; }

    /// <summary>The group's present epoch.</summary>
    [Id(6)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Epoch { get; init; }

    /// <summary>Makes a problem from its code.</summary>
    public static Problem Of(string code, int status, string title, string detail) => new($"/problems/{code}", title, status, detail, code);
}
