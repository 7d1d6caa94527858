using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Tests.Grants;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Directory;

public sealed class NodeStatementSignerTests : IDisposable
{
    private const long Now = 1_800_000_000;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RegionDirectory _directory;

    public NodeStatementSignerTests()
    {
        RegionDirectory world = Worlds.Make(Worlds.Frankfurt, Worlds.Paris);
        _directory = world with { Nodes = [world.Nodes[0] with { Key = GrantBench.Public(_key) }, world.Nodes[1]] };
    }

    private static NodeStatement Sound => new()
    {
        Node = "n-eu-fra",
        Region = "eu-fra",
        Fingerprint = "AA:BB",
        Addresses = [new NodeAddress("192.0.2.1", 40000, "udp")],
        Issued = Now,
        Expires = Now + 600,
    };

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_statement_comes_back_as_it_was()
    {
        Assert.True(NodeStatementSigner.TryVerify(NodeStatementSigner.Sign(Sound, _key), "n-eu-fra", _directory, Now, out NodeStatement? read, out string? reason), reason);
        Assert.Equal(("AA:BB", new NodeAddress("192.0.2.1", 40000, "udp")), (read!.Fingerprint, read.Addresses[0]));
    }

    [Fact]
    public void Another_key_is_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refused("The statement is not signed by the key of node 'n-eu-fra'.", NodeStatementSigner.Sign(Sound, other));
    }

    [Fact]
    public void Another_region_than_the_directorys_is_refused() =>
        Refused("The statement says node 'n-eu-fra' in region 'eu-par'; the directory says node 'n-eu-fra' in region 'eu-fra'.", Sign(Sound with { Region = "eu-par" }));

    [Fact]
    public void Another_nodes_statement_is_refused() => Refused("The statement says node 'n-eu-par' in region 'eu-par'; the directory says node 'n-eu-fra' in region 'eu-fra'.", Sign(Sound with { Node = "n-eu-par", Region = "eu-par" }));

    [Fact]
    public void A_node_that_the_directory_does_not_list_is_refused() => Refused("The directory lists no node 'n-eu-lon', or has revoked its key.", Sign(Sound), node: "n-eu-lon");

    [Fact]
    public void A_revoked_key_is_refused() =>
        Refused("The directory lists no node 'n-eu-fra', or has revoked its key.", Sign(Sound), directory: _directory with { Revoked = [_directory.Nodes[0].Key] });

    [Fact]
    public void A_directory_with_a_key_that_is_none_is_no_fault_of_the_reader() => Refused("The directory's key of node 'n-eu-par' is no P-256 key.", Sign(Sound), node: "n-eu-par");

    [Theory]
    [InlineData(690, true)]
    [InlineData(691, false)]
    [InlineData(-90, true)]
    [InlineData(-91, false)]
    public void Clocks_may_be_90_seconds_apart(long later, bool holds) => Assert.Equal(holds, NodeStatementSigner.TryVerify(Sign(Sound), "n-eu-fra", _directory, Now + later, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    public void What_is_no_statement_is_refused(string text) => Refused("The statement is not signed by the key of node 'n-eu-fra'.", text);

    private string Sign(NodeStatement statement) => NodeStatementSigner.Sign(statement, _key);

    private void Refused(string expected, string text, string node = "n-eu-fra", RegionDirectory? directory = null)
    {
        Assert.False(NodeStatementSigner.TryVerify(text, node, directory ?? _directory, Now, out NodeStatement? read, out string? reason));
        Assert.Equal((null, expected), (read, reason));
    }
}
