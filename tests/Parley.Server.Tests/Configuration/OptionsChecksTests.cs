using Parley.Server.Configuration;

namespace Parley.Server.Tests.Configuration;

public class OptionsChecksTests
{
    private static readonly NodeOptions Sound = new() { Data = "data" };

    [Fact]
    public void What_is_built_in_is_sound_and_reaches_only_this_machine()
    {
        Assert.Null(OptionsChecks.FindFault(Sound));
        Assert.Equal("http://127.0.0.1:8080", Sound.Http);
        Assert.False(Sound.PlainHttp);
        Assert.Equal("'none'", Sound.FrameAncestors);
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.0.0.1:0")]
    public void Loopback_needs_no_TLS(string http) => Assert.Null(OptionsChecks.FindFault(Sound with { Http = http }));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://192.0.2.1:80")]
    public void Other_addresses_do_unless_it_is_waived(string http)
    {
        Assert.Contains("without TLS", OptionsChecks.FindFault(Sound with { Http = http }), StringComparison.Ordinal);
        Assert.Null(OptionsChecks.FindFault(Sound with { Http = http, PlainHttp = true }));
    }

    [Theory]
    [InlineData("https://0.0.0.0:443", "--certificate")]
    [InlineData("ftp://127.0.0.1", "no HTTP address")]
    [InlineData("8080", "no HTTP address")]
    [InlineData("http://example.org", "no IP address")]
    [InlineData("http://127.0.0.1/path", "no HTTP address")]
    public void A_wrong_address_is_explained(string http, string says) =>
        Assert.Contains(says, OptionsChecks.FindFault(Sound with { Http = http }), StringComparison.Ordinal);

    [Fact]
    public void Other_faults_name_their_flag()
    {
        Assert.Contains("--shards", OptionsChecks.FindFault(Sound with { Shards = -1 }), StringComparison.Ordinal);
        Assert.Contains("--media-port", OptionsChecks.FindFault(Sound with { MediaPort = 65_535, Shards = 2 }), StringComparison.Ordinal);
        Assert.Contains("region id", OptionsChecks.FindFault(Sound with { Region = "EU" }), StringComparison.Ordinal);
        Assert.Contains("--announce", OptionsChecks.FindFault(Sound with { Announce = ["0.0.0.0"] }), StringComparison.Ordinal);
        Assert.Contains("--announce", OptionsChecks.FindFault(Sound with { Announce = ["example.org"] }), StringComparison.Ordinal);
        Assert.Contains("--trust-proxy", OptionsChecks.FindFault(Sound with { TrustedProxies = ["proxy"] }), StringComparison.Ordinal);
        Assert.Contains("--data", OptionsChecks.FindFault(Sound with { Data = "" }), StringComparison.Ordinal);
    }
}
