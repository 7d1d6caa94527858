using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Server.Keys;

/// <summary>A directory as its operator writes it: readable JSON without version and dates, which signing adds.</summary>
public sealed record DirectoryDraft
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,

        // A misspelt servesOnly must not be a region without limits.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>How many days a signed version holds; 0: until a newer one.</summary>
    public int ValidDays { get; init; }

    /// <summary>All regions.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>All nodes.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>What <c>group:</c> selectors mean; null: the built-in groups.</summary>
    public IReadOnlyList<CountryGroup>? Groups { get; init; }

    /// <summary>Node keys that must not be believed any more.</summary>
    public IReadOnlyList<string>? Revoked { get; init; }

    /// <summary>Reads a draft from its file.</summary>
    /// <exception cref="InvalidDataException">It is not the JSON that it should be; the message says where.</exception>
    public static DirectoryDraft Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<DirectoryDraft>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>The directory of a version.</summary>
    public RegionDirectory At(long version, DateTimeOffset now) => new()
    {
        Version = version,
        Issued = now.ToUnixTimeSeconds(),
        Expires = ValidDays == 0 ? 0 : now.AddDays(ValidDays).ToUnixTimeSeconds(),
        Regions = Regions,
        Nodes = Nodes,
        Groups = Groups ?? CountryGroups.Default,
        Revoked = Revoked ?? [],
    };
}
