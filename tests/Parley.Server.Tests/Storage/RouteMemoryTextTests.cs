using System.Text.Json;
using Parley.Routing.Geofences;
using Parley.Routing.Routes;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Storage;

public class RouteMemoryTextTests
{
    [Fact]
    public void A_memory_comes_back_as_it_was()
    {
        RouteMemory memory = new() { Nodes = ["n_a", "n_b"], Fences = [new Geofence { Deny = ["country:US"] }, new Geofence { Allow = ["group:EU"] }], Countries = ["DE", "ZZ"] };
        RouteMemory read = RouteMemoryText.Read(RouteMemoryText.Write(memory));
        Assert.Equal(memory.Nodes, read.Nodes);
        Assert.Equal(["allow group:EU", "deny country:US"], read.Fences.Select(static fence => fence.Allow is { } allow ? "allow " + allow[0] : "deny " + fence.Deny![0]));
        Assert.Equal(memory.Countries, read.Countries);
    }

    [Fact]
    public void The_same_memory_is_the_same_text()
    {
        Geofence[] fences = [new Geofence { Deny = ["country:US"] }, new Geofence { Deny = ["country:CN"] }];
        Assert.Equal(RouteMemoryText.Write(new RouteMemory { Fences = fences }), RouteMemoryText.Write(new RouteMemory { Fences = [fences[1], fences[0]] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"nodes\":[],\"fences\":[],\"countries\":[],\"more\":1}")]
    [InlineData("{\"nodes\":null,\"fences\":[],\"countries\":[]}")]
    public void What_is_no_memory_is_not_taken_for_an_empty_one(string text) => Assert.Throws<JsonException>(() => RouteMemoryText.Read(text));
}
