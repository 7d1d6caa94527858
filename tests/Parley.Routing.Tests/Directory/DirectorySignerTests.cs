using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Directory;

public class DirectorySignerTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static RegionDirectory Sound => new()
    {
        Version = 3,
        Issued = 1_800_000_000,
        Regions = [new Region { Id = "eu-fra", Name = "Frankfurt", City = "Frankfurt", Country = "DE", Latitude = 50.1, Longitude = 8.7, Operator = "Example", OperatorCountry = "DE", ServesOnly = ["DE", "FR"] }],
        Nodes = [new Node { Id = "n1", Region = "eu-fra", Key = "AAAA", Roles = ["control", "media"] }],
    };

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_directory_comes_back_as_it_was()
    {
        Assert.True(DirectorySigner.TryVerify(DirectorySigner.Sign(Sound, _key), _key, out RegionDirectory? read, out string? reason), reason);
        Assert.Equal(3, read!.Version);
        Assert.Equal("Frankfurt", read.Regions[0].City);
        Assert.Equal(["DE", "FR"], read.Regions[0].ServesOnly!);
        Assert.Equal(["control", "media"], read.Nodes[0].Roles);
    }

    [Fact]
    public void Another_operators_directory_is_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(DirectorySigner.TryVerify(DirectorySigner.Sign(Sound, other), _key, out RegionDirectory? read, out string? reason));
        Assert.Null(read);
        Assert.Equal("The directory is not signed by the operator key.", reason);
    }

    [Fact]
    public void A_node_in_an_unlisted_region_is_a_fault()
    {
        RegionDirectory stray = Sound with { Nodes = [Sound.Nodes[0] with { Region = "us-sea" }] };
        Assert.Equal("Node 'n1' is in region 'us-sea', which the directory does not list.", stray.FindFault());
        Assert.Throws<ArgumentException>(() => DirectorySigner.Sign(stray, _key));
    }

    [Fact]
    public void Doubles_are_faults()
    {
        Assert.Contains("twice", (Sound with { Regions = [Sound.Regions[0], Sound.Regions[0]] }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("twice", (Sound with { Nodes = [Sound.Nodes[0], Sound.Nodes[0]] }).FindFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":1,\"issued\":1,\"regions\":null,\"nodes\":[]}")]
    [InlineData("{\"version\":0,\"issued\":1,\"regions\":[],\"nodes\":[]}")]
    [InlineData("not json")]
    public void A_signed_text_of_another_shape_is_refused(string json)
    {
        string text = SignedDocument.Sign(System.Text.Encoding.UTF8.GetBytes(json), _key);
        Assert.False(DirectorySigner.TryVerify(text, _key, out RegionDirectory? read, out string? reason));
        Assert.Null(read);
        Assert.NotEmpty(reason!);
    }
}
