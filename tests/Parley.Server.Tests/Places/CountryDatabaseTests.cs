using System.Net;
using Parley.Server.Configuration;
using Parley.Server.Places;

namespace Parley.Server.Tests.Places;

public sealed class CountryDatabaseTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("parley-test-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "countries.mmdb");

    [Theory]
    [InlineData("81.2.69.160", "GB")]
    [InlineData("81.2.70.1", "ZZ")]
    [InlineData("::ffff:81.2.69.160", "GB")]
    [InlineData("2a02:2e0::1", "DE")]
    [InlineData("2a03::1", "ZZ")]
    [InlineData("10.1.2.3", "ZZ")]
    [InlineData("192.168.0.1", "ZZ")]
    [InlineData("100.64.0.1", "ZZ")]
    [InlineData("169.254.1.1", "ZZ")]
    [InlineData("127.0.0.1", "ZZ")]
    [InlineData("::1", "ZZ")]
    [InlineData("fd00::1", "ZZ")]
    [InlineData("fe80::1", "ZZ")]
    [InlineData("198.51.100.1", "ZZ")]
    public void A_country_is_what_the_file_says_of_a_public_address(string address, string country)
    {
        // Of private networks the file lies, and one entry is no country.
        new CountryFile()
            .Add("81.2.69.0/24", "GB")
            .Add("2a02:2e0::/32", "DE")
            .Add("10.0.0.0/8", "US")
            .Add("192.168.0.0/16", "US")
            .Add("100.64.0.0/10", "US")
            .Add("169.254.0.0/16", "US")
            .Add("127.0.0.0/8", "US")
            .Add("fd00::/8", "US")
            .Add("198.51.100.0/24", "XX")
            .Write(Path);
        using CountryDatabase countries = new(new NodeOptions { CountryDatabase = Path });
        Assert.Equal(country, countries.Find(IPAddress.Parse(address)));
    }

    [Fact]
    public void Without_a_file_or_an_address_nothing_is_known()
    {
        using CountryDatabase none = new(new NodeOptions());
        Assert.Equal("ZZ", none.Find(IPAddress.Parse("81.2.69.160")));
        new CountryFile().Add("81.2.69.0/24", "GB").Write(Path);
        using CountryDatabase countries = new(new NodeOptions { CountryDatabase = Path });
        Assert.Equal("ZZ", countries.Find(null));
    }

    [Fact]
    public void A_file_of_another_kind_is_named()
    {
        File.WriteAllText(Path, "not a database");
        IOException refused = Assert.Throws<IOException>(() => new CountryDatabase(new NodeOptions { CountryDatabase = Path }));
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("is not there", OptionsChecks.FindFault(new NodeOptions { Data = _folder, CountryDatabase = Path + ".missing" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_tells_nothing_and_throws_nothing()
    {
        new CountryFile().Add("81.2.69.0/24", "GB").Write(Path);
        byte[] whole = File.ReadAllBytes(Path);
        int marker = whole.AsSpan().IndexOf("MaxMind.com"u8) - 3;

        // The data section is overwritten: the tree leads into nonsense.
        for (int i = marker - 20; i < marker; i++)
            whole[i] = 0xff;
        File.WriteAllBytes(Path, whole);
        using CountryDatabase countries = new(new NodeOptions { CountryDatabase = Path });
        Assert.Equal("ZZ", countries.Find(IPAddress.Parse("81.2.69.160")));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);
}
