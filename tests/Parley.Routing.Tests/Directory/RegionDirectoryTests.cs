using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Directory;

public class RegionDirectoryTests
{
    private static readonly RegionDirectory Sound = Worlds.Make(Worlds.Frankfurt, Worlds.Paris);

    public static TheoryData<string, string> Faults => new()
    {
        { "Region 'eu-fra' is listed twice.", "duplicate region" },
        { "Node 'n-eu-fra' is listed twice.", "duplicate node" },
        { "The key of node 'n2' is also another node's.", "shared key" },
        { "Node 'n2' is in region 'eu-lon', which the directory does not list.", "node nowhere" },
        { "'EU' is no region id.", "region id" },
        { "Region 'eu-fra' names 'XX', which is no country.", "country" },
        { "Region 'eu-fra' is at no place on Earth.", "place" },
        { "Region 'eu-fra' serves only countries that it does not name.", "serves nobody" },
        { "Region 'eu-fra' serves only countries that it does not name.", "serves the unknown" },
        { "Group 'G' is listed twice.", "duplicate group" },
        { "Group 'G' names 'XX', which is no country.", "group country" },
        { "The version must be 1 or more.", "version" },
        { "The directory expires before it is issued.", "expiry" },
        { "A region is missing from the list of regions.", "null region" },
        { "A node is missing from the list of nodes.", "null node" },
        { "A group is missing from the list of groups.", "null group" },
    };

    [Fact]
    public void A_sound_directory_has_no_fault() => Assert.Null(Sound.FindFault());

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named(string sentence, string which) => Assert.Equal(sentence, Break(which).FindFault());

    private static RegionDirectory Break(string which) => which switch
    {
        "duplicate region" => Sound with { Regions = [.. Sound.Regions, Worlds.Frankfurt with { Country = "FR" }] },
        "duplicate node" => Sound with { Nodes = [.. Sound.Nodes, Worlds.NodeIn("eu-par", "n-eu-fra") with { Key = "x" }] },
        "shared key" => Sound with { Nodes = [.. Sound.Nodes, Worlds.NodeIn("eu-par", "n2") with { Key = Sound.Nodes[0].Key }] },
        "node nowhere" => Sound with { Nodes = [.. Sound.Nodes, Worlds.NodeIn("eu-lon", "n2")] },
        "region id" => Region(Worlds.Frankfurt with { Id = "EU" }),
        "country" => Region(Worlds.Frankfurt with { Country = "XX" }),
        "place" => Region(Worlds.Frankfurt with { Latitude = 91 }),
        "serves nobody" => Region(Worlds.Frankfurt with { ServesOnly = [] }),
        "serves the unknown" => Region(Worlds.Frankfurt with { ServesOnly = ["DE", Countries.Unknown] }),
        "duplicate group" => Sound with { Groups = [Group("DE"), Group("FR")] },
        "group country" => Sound with { Groups = [Group("XX")] },
        "version" => Sound with { Version = 0 },
        "expiry" => Sound with { Expires = Sound.Issued },
        "null region" => Sound with { Regions = [null!] },
        "null node" => Sound with { Nodes = [null!] },
        _ => Sound with { Groups = [null!] },
    };

    private static RegionDirectory Region(Region region) => Sound with { Regions = [region, Worlds.Paris] };

    private static CountryGroup Group(string country) => new() { Id = "G", Name = "G", AsOf = "2026-01-01", Countries = [country] };
}
