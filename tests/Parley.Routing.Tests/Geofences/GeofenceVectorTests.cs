using System.Text.Json;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Tests.Vectors;

namespace Parley.Routing.Tests.Geofences;

/// <summary>The web client evaluates fences by itself: both sides are held against the same file.</summary>
public class GeofenceVectorTests
{
    private static readonly GeofenceVectors Vectors = VectorFile.Read<GeofenceVectors>("geofence.json");

    private static readonly RegionDirectory Ground = new()
    {
        Version = 1,
        Issued = 1,
        Regions = Vectors.Directory.Regions,
        Nodes = [],
        Groups = Vectors.Directory.Groups,
    };

    public static TheoryData<string> Cases => [.. Vectors.Cases.Select(static one => one.Name)];

    [Fact]
    public void The_ground_is_a_sound_directory() => Assert.Null(Ground.FindFault());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_region_has_the_verdict_of_the_file(string name)
    {
        GeofenceVectors.Case one = Vectors.Cases.Single(vector => vector.Name == name);
        EffectiveGeofence fence = new(Ground, [.. one.Fences.Select(static scoped => scoped.Scoped)], one.Countries);
        Dictionary<string, string> actual = fence.Verdicts.ToDictionary(
            static verdict => verdict.Region, static verdict => $"{verdict.Allowed} {verdict.Rule} ({JsonNamingPolicy.CamelCase.ConvertName(verdict.Scope.ToString())})");
        Dictionary<string, string> expected = one.Verdicts.ToDictionary(static pair => pair.Key, static pair => $"{pair.Value[0].GetBoolean()} {pair.Value[1]} ({pair.Value[2]})");
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Selectors_mean_what_the_file_says()
    {
        foreach (GeofenceVectors.Spelling spelling in Vectors.Selectors)
            Assert.Equal((spelling.Text, spelling.Means), (spelling.Text, Selector.TryParse(spelling.Text, out Selector selector, out _) ? selector.ToString() : null));
    }

    [Fact]
    public void Faults_are_those_of_the_file()
    {
        foreach (GeofenceVectors.Fault fault in Vectors.Faults)
            Assert.Equal((JsonSerializer.Serialize(fault.Fence), fault.Rule), (JsonSerializer.Serialize(fault.Fence), fault.Fence.FindFault(Ground)?.Rule));
    }
}
