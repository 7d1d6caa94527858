using Microsoft.Extensions.Time.Testing;
using Parley.Routing.Directory;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Tests.Media;

namespace Parley.Server.Tests.Nodes;

/// <summary>What a node says of itself and what it lets pass, as time goes on.</summary>
public sealed class OwnStatementTests : IDisposable
{
    private const string Meeting = "eu-fra-00000000000000000001";

    private readonly string _data = System.IO.Directory.CreateTempSubdirectory("parley-statement-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly NodeKeys _keys;
    private readonly NodeDirectory _directory;

    public OwnStatementTests()
    {
        _keys = NodeKeys.Open(_data);
        _directory = new NodeDirectory(new NodeOptions { Data = _data, Region = "eu-fra" }, _keys, _time);
    }

    public void Dispose()
    {
        _directory.Dispose();
        _keys.Dispose();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void A_statement_is_made_anew_when_half_of_its_ten_minutes_is_over_and_when_the_clock_was_set_back()
    {
        FakeMediaNode media = new();
        OwnStatement own = new(_directory, _keys, media, new TunnelAddresses(new NodeOptions { Data = _data }), _time);
        string first = own.Text;
        NodeStatement said = Read(first);
        Assert.Equal((600L, "eu-fra", _keys.NodeId), (said.Expires - said.Issued, said.Region, said.Node));
        Assert.Equal(string.Join(':', Enumerable.Repeat("00", 32)), said.Fingerprint);
        Assert.Equal(new NodeAddress("127.0.0.1", 40000, "udp"), Assert.Single(said.Addresses));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(first, own.Text);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, own.Text);
        Assert.Equal(said.Issued + 300, Read(own.Text).Issued);

        string last = own.Text;
        _time.AdjustTime(_time.GetUtcNow().AddMinutes(-30));
        Assert.NotEqual(last, own.Text);
        Read(own.Text);
    }

    [Fact]
    public void A_grant_in_force_is_no_longer_when_its_time_is_over_whatever_the_clock_on_the_wall_does()
    {
        using GrantGate gate = new(_directory, new NodeOptions { Data = _data }, _time);
        Assert.Equal("grant-missing", gate.Check(Meeting)!.Rule);
        Assert.Null(gate.Accept(GrantSigner.Sign(Grant(gate, 1, lifetime: 30), _keys.Node), out _));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(gate.Check(Meeting));
        _time.Advance(TimeSpan.FromSeconds(1));
        gate.Sweep();
        Assert.Equal("grant-missing", gate.Check(Meeting)!.Rule);
        Assert.Null(gate.FindText(Meeting));
    }

    [Fact]
    public void While_the_directory_does_not_hold_nothing_passes()
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Null(_directory.Accept(DirectorySigner.Sign(_directory.Current with { Version = now + 1, Expires = now + 60 }, _keys.Operator!)));
        using GrantGate gate = new(_directory, new NodeOptions { Data = _data }, _time);
        Assert.Null(gate.Accept(GrantSigner.Sign(Grant(gate, 1, lifetime: 60), _keys.Node), out _));
        _time.Advance(TimeSpan.FromSeconds(55));
        Assert.Null(gate.Accept(GrantSigner.Sign(Grant(gate, 2, lifetime: 60), _keys.Node), out _));
        _time.Advance(TimeSpan.FromSeconds(6 + 90));
        Assert.Equal("directory-expired", gate.Check(Meeting)!.Rule);
        Assert.Equal("directory-expired", gate.Accept(GrantSigner.Sign(Grant(gate, 3, lifetime: 60), _keys.Node), out _)!.Rule);

        Assert.Null(_directory.Accept(DirectorySigner.Sign(_directory.Current with { Version = now + 2, Expires = 0 }, _keys.Operator!)));
        Assert.Null(gate.Accept(GrantSigner.Sign(Grant(gate, 4, lifetime: 60), _keys.Node), out _));
        Assert.Null(gate.Check(Meeting));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(90)]
    public void Clocks_may_be_ninety_seconds_apart(int skew)
    {
        using GrantGate gate = new(_directory, new NodeOptions { Data = _data }, _time);
        RouteGrant grant = Grant(gate, 1, lifetime: 30);
        Assert.Null(gate.Accept(GrantSigner.Sign(grant with { Issued = grant.Issued + skew }, _keys.Node), out _));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(gate.Check(Meeting));
    }

    private RouteGrant Grant(GrantGate gate, long serial, int lifetime) => new()
    {
        Meeting = Meeting,
        Node = _keys.NodeId,
        Region = "eu-fra",
        Peers = [],
        Fences = [],
        Countries = [],
        FenceDigest = FenceDigest.Of([], []),
        Epoch = 1,
        Serial = serial,
        Issuer = _keys.NodeId,
        Issued = _time.GetUtcNow().ToUnixTimeSeconds(),
        Lifetime = lifetime,
        Life = gate.Life,
    };

    private NodeStatement Read(string text)
    {
        Assert.True(NodeStatementSigner.TryVerify(text, _keys.NodeId, _directory.Current, _time.GetUtcNow().ToUnixTimeSeconds(), out NodeStatement? statement, out string? reason), reason);
        return statement!;
    }
}
