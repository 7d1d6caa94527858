using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Geofences;

public class GeofenceTests
{
    private static readonly RegionDirectory Ground = Worlds.Make(Worlds.Frankfurt, Worlds.Virginia);

    [Theory]
    [InlineData("region:eu-lon", "selector-unknown", "'region:eu-lon': the directory knows no such region.")]
    [InlineData("group:Atlantis", "selector-unknown", "'group:Atlantis': the directory knows no such group of countries. It knows EU, EEA, EFTA, Schengen, Five-Eyes, Nine-Eyes, Fourteen-Eyes.")]
    [InlineData("country:XX", "selector-invalid", "'XX' is no country: use a two-letter code of ISO 3166-1, such as DE.")]
    [InlineData("continent:EU", "selector-invalid", "'continent:EU' is no selector: use region:, country:, group: or operator: and a value.")]
    [InlineData("", "selector-invalid", "'' is no selector: use region:, country:, group: or operator: and a value.")]
    [InlineData(null, "selector-invalid", "'' is no selector: use region:, country:, group: or operator: and a value.")]
    public void A_selector_that_means_nothing_is_refused_by_name(string? selector, string rule, string sentence)
    {
        foreach (Geofence fence in new[] { new Geofence { Allow = [selector!] }, new Geofence { Deny = [selector!] } })
            Assert.Equal(new GeofenceFault(rule, sentence), fence.FindFault(Ground));
    }

    [Fact]
    public void A_long_selector_is_cut_in_the_message() =>
        Assert.InRange(new Geofence { Allow = [new string('x', 100_000)] }.FindFault(Ground)!.Sentence.Length, 50, 200);

    [Fact]
    public void What_is_both_allowed_and_denied_is_a_contradiction_however_it_is_spelt() =>
        Assert.Equal(
            new GeofenceFault("geofence-contradictory", "'country:DE' is both allowed and denied."),
            new Geofence { Allow = ["country:DE", "country:FR"], Deny = ["Country:de"] }.FindFault(Ground));

    [Fact]
    public void An_empty_list_of_what_is_allowed_is_refused() => Assert.Equal("geofence-empty", new Geofence { Allow = [] }.FindFault(Ground)!.Rule);

    [Fact]
    public void An_empty_list_of_what_is_denied_limits_nothing() =>
        Assert.Equal((null, true), (new Geofence { Deny = [] }.FindFault(Ground), new Geofence { Deny = [] }.IsOpen));

    [Fact]
    public void A_geofence_has_a_bound() =>
        Assert.Equal("geofence-too-long", new Geofence { Allow = ["region:eu-fra"], Deny = [.. Enumerable.Repeat("country:US", Geofence.MaximumSelectors)] }.FindFault(Ground)!.Rule);

    [Fact]
    public void A_part_of_what_is_allowed_may_be_denied() => Assert.Null(new Geofence { Allow = ["group:EU"], Deny = ["region:eu-fra", "operator:US"] }.FindFault(Ground));
}
