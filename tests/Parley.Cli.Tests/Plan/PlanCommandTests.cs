using System.Text.Json;
using Parley.Cli.Plan;

namespace Parley.Cli.Tests.Plan;

public sealed class PlanCommandTests : IDisposable
{
    private const string World = """
        {
          "regions": [
            {"id": "eu-fra", "city": "Frankfurt", "country": "DE", "latitude": 50.11, "longitude": 8.68, "operator": "Ours", "operatorCountry": "DE", "capacity": 100},
            {"id": "us-iad", "city": "Ashburn", "country": "US", "latitude": 39.04, "longitude": -77.49, "operator": "Theirs", "operatorCountry": "US", "capacity": 100}
          ]
        }
        """;

    private const string People = """[{"id": "ann", "country": "DE", "latitude": 52.5, "longitude": 13.4}, {"id": "bob", "country": "US", "latitude": 40.7, "longitude": -74.0}]""";

    private static readonly string Four = People[..^1] + """, {"id": "cyd", "latitude": 48.1, "longitude": 11.6}, {"id": "dee", "latitude": 42.4, "longitude": -71.1}]""";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prints_who_goes_where_and_the_relay_between()
    {
        (int code, JsonElement plan) = RunJson(World, $$"""{"participants": {{Four}}}""");
        Assert.Equal(0, code);
        Assert.Equal(["eu-fra-1", "us-iad-1", "eu-fra-1", "us-iad-1"], plan.GetProperty("participants").EnumerateArray().Select(seat => seat.GetProperty("node").GetString()));
        JsonElement relay = Assert.Single(plan.GetProperty("relays").EnumerateArray());
        Assert.Equal(("eu-fra-1", "us-iad-1"), (relay.GetProperty("from").GetString(), relay.GetProperty("to").GetString()));
        Assert.True(plan.GetProperty("worstDelay").GetDouble() > relay.GetProperty("delay").GetDouble());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Table_and_json_say_whether_the_delays_are_computed(bool isComputed)
    {
        string world = isComputed ? World : World[..World.LastIndexOf('}')] + """, "delays": [{"from": "eu-fra", "to": "us-iad", "milliseconds": 44}]}""";
        const string measured = """[{"id": "ann", "roundTrips": {"eu-fra": 12, "us-iad": 95}}, {"id": "bob", "roundTrips": {"eu-fra": 90, "us-iad": 9}}]""";
        string meeting = $$"""{"participants": {{(isComputed ? People : measured)}}}""";
        Assert.Equal(isComputed, RunJson(world, meeting).Plan.GetProperty("computed").GetBoolean());
        string words = string.Join(' ', Run(world, meeting, json: false).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(isComputed ? "The delays are computed: where the files give no measured one, distance stands in." : "The delays are measured.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_region_carries_nothing_and_the_reason_is_told()
    {
        (int code, JsonElement plan) = RunJson(World, $$"""{"geofences": [{"scope": "organisation", "deny": ["operator:US"]}], "participants": {{People}}}""");
        Assert.Equal(0, code);
        Assert.All(plan.GetProperty("participants").EnumerateArray(), seat => Assert.Equal("eu-fra", seat.GetProperty("region").GetString()));
        JsonElement refused = plan.GetProperty("fence").GetProperty("regions").EnumerateArray().Single(region => !region.GetProperty("allowed").GetBoolean());
        Assert.Equal(("us-iad", "deny operator:US", "organisation"), (refused.GetProperty("id").GetString(), refused.GetProperty("rule").GetString(), refused.GetProperty("scope").GetString()));
        Assert.EndsWith(".", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_allowed_region_it_says_so_and_ends_with_1()
    {
        (int code, JsonElement plan) = RunJson(World, $$"""{"geofences": [{"deny": ["country:DE", "country:US"]}], "participants": {{People}}}""");
        Assert.Equal(PlanCommand.NoPlan, code);
        Assert.Equal("no-region-allowed", plan.GetProperty("refusal").GetProperty("rule").GetString());
    }

    [Fact]
    public void A_participants_own_fence_counts()
    {
        string meeting = """{"participants": [{"id": "ann", "geofence": {"allow": ["region:us-iad"]}, "latitude": 52.5, "longitude": 13.4}]}""";
        (_, JsonElement plan) = RunJson(World, meeting);
        JsonElement refused = plan.GetProperty("fence").GetProperty("regions")[0];
        Assert.Equal(("eu-fra", "participant"), (refused.GetProperty("id").GetString(), refused.GetProperty("scope").GetString()));
        Assert.Equal("us-iad-1", plan.GetProperty("participants")[0].GetProperty("node").GetString());
    }

    [Fact]
    public void The_tables_name_regions_people_and_delays()
    {
        (int code, string output, _) = Run(World, $$"""{"geofences": [{"deny": ["region:us-iad"]}], "participants": {{People}}}""", json: false);
        Assert.Equal(0, code);
        Assert.All(["forbidden", "2 of 2", "eu-fra-1", "bob", "From mouth to ear"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"participants": [{"id": "ann"}, {"id": "ann"}]}""", "'ann' is empty or listed twice")]
    [InlineData("""{"participants": [{"id": "ann", "latitude": 52.5}]}""", "no place on Earth")]
    [InlineData("""{"participants": [{"id": "ann", "latitude": 95, "longitude": 0}]}""", "no place on Earth")]
    [InlineData("""{"participants": [{"id": "ann", "country": "Germany"}]}""", "which is no country")]
    [InlineData("""{"participants": [{"id": "ann", "roundTrips": {"mars": 1}}]}""", "which the world does not list")]
    [InlineData("""{"participants": [{"id": "ann", "roundTrips": {"eu-fra": -1}}]}""", "must be 0 or more")]
    [InlineData("""{"participants": [{"id": "ann", "geofence": {"deny": ["planet:mars"]}}]}""", "is no selector")]
    [InlineData("""{"geofences": [{"allow": []}], "participants": []}""", "would allow nothing")]
    [InlineData("""{"geofences": [{"allow": ["country:DE"], "deny": ["country:DE"]}], "participants": []}""", "both allowed and denied")]
    [InlineData("""{"geofences": [{"deny": ["region:eu-ams"]}], "participants": []}""", "knows no such region")]
    [InlineData("""{"geofences": [{"scope": "galaxy"}], "participants": []}""", "line 1")]
    [InlineData("""{"participants": [{"id": "ann", "roundtrip": {}}]}""", "roundtrip")]
    [InlineData("{}", "participants")]
    [InlineData("null", "null")]
    [InlineData("{", "line 1")]
    public void A_meeting_that_cannot_be_is_told_in_a_sentence(string meeting, string expected) => FailsWith(World, meeting, expected);

    [Theory]
    [InlineData("\"capacity\": 100", "\"capacity\": -1", "a capacity from 0 on")]
    [InlineData("\"id\": \"us-iad\"", "\"id\": \"eu-fra\"", "is listed twice")]
    [InlineData("\"id\": \"us-iad\"", "\"id\": \"US\"", "is no region id")]
    [InlineData("\"country\": \"US\"", "\"country\": \"USA\"", "which is no country")]
    [InlineData("\"latitude\": 39.04, ", "", "half a place")]
    [InlineData("\"latitude\": 39.04", "\"latitude\": 139.04", "no place on Earth")]
    [InlineData("\n  ]", "\n  ], \"delays\": [{\"from\": \"eu-fra\", \"to\": \"mars\", \"milliseconds\": 1}]", "names a region that the file does not list")]
    [InlineData("\n  ]", "\n  ], \"delays\": [{\"from\": \"eu-fra\", \"to\": \"us-iad\", \"milliseconds\": -1}]", "must be 0 ms or more")]
    [InlineData("\"capacity\": 100", "\"capacity\": \"many\"", "line 3")]
    public void A_world_that_cannot_be_is_told_in_a_sentence(string part, string instead, string expected)
    {
        string world = World.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(World, world);
        FailsWith(world, """{"participants": []}""", expected);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        StringWriter errors = new();
        Assert.Equal(PlanCommand.BadFile, PlanCommand.Run(Path.Combine(_folder, "none.json"), "none.json", json: false, TextWriter.Null, errors));
        Assert.Contains("none.json", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_of_the_documents_work()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Parley.slnx")))
            root = Path.GetDirectoryName(root)!;
        StringWriter output = new();
        string examples = Path.Combine(root, "docs", "examples");
        Assert.Equal(0, PlanCommand.Run(Path.Combine(examples, "world.json"), Path.Combine(examples, "meeting.json"), json: true, output, TextWriter.Null));
        JsonElement plan = JsonElement.Parse(output.ToString());
        Assert.Equal(30, plan.GetProperty("fence").GetProperty("regions").GetArrayLength());
        Assert.Equal(7, plan.GetProperty("participants").GetArrayLength());
    }

    private void FailsWith(string world, string meeting, string expected)
    {
        (int code, string output, string errors) = Run(world, meeting, json: true);
        Assert.Equal(PlanCommand.BadFile, code);
        Assert.Empty(output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private (int Code, JsonElement Plan) RunJson(string world, string meeting)
    {
        (int code, string output, string errors) = Run(world, meeting, json: true);
        Assert.Empty(errors);
        return (code, JsonElement.Parse(output));
    }

    private (int Code, string Output, string Errors) Run(string world, string meeting, bool json)
    {
        (string worldPath, string meetingPath) = (Path.Combine(_folder, "world.json"), Path.Combine(_folder, "meeting.json"));
        File.WriteAllText(worldPath, world);
        File.WriteAllText(meetingPath, meeting);
        StringWriter output = new(), errors = new();
        int code = PlanCommand.Run(worldPath, meetingPath, json, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
