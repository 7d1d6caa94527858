using System.Net;
using Parley.Rtc.Primitives;
using Parley.Server.Configuration;
using Parley.Server.Media;

namespace Parley.Server.Tests.Media;

/// <summary>What a node tells of its tunnel, by where it listens and how it is reached.</summary>
public class TunnelAddressesTests
{
    private static readonly NodeOptions Public = new() { Http = "https://0.0.0.0:443", Announce = ["192.0.2.7", "2001:db8::7"] };

    [Fact]
    public void Before_anything_listens_there_is_no_way() => Assert.Same(TunnelWays.None, new TunnelAddresses(Public).Current);

    [Theory]
    [InlineData("https://fra.example.org", "turns:fra.example.org:443?transport=tcp")]
    [InlineData("https://fra.example.org:8443", "turns:fra.example.org:8443?transport=tcp")]
    [InlineData("https://[2001:db8::1]", "turns:[2001:db8::1]:443?transport=tcp")]
    [InlineData(null, "turns:192.0.2.7:443?transport=tcp")]
    public void The_port_of_the_pages_is_named_as_their_front_door_is(string? door, string url) => Assert.Equal([url], Open(Public, 443, 0, door).Urls);

    [Fact]
    public void A_proxy_before_the_pages_is_no_way_and_a_port_of_its_own_is()
    {
        NodeOptions behind = new() { Http = "http://127.0.0.1:8080", Announce = ["192.0.2.7"], Tunnel = "0.0.0.0:443", TunnelCertificate = "chain.pem", TunnelCertificateKey = "key.pem" };
        Assert.Empty(Open(behind with { Tunnel = "" }, 8080, 0, "https://fra.example.org").Urls);
        Assert.Empty(Open(behind with { Tunnel = "" }, 8080, 0, "https://fra.example.org").Tcp);
        TunnelWays ways = Open(behind, 8080, 443, "https://fra.example.org");
        Assert.Equal(["turns:fra.example.org:443?transport=tcp"], ways.Urls);
        Assert.Equal([Address("192.0.2.7", 443)], ways.Tcp);
    }

    [Fact]
    public void Only_addresses_at_which_it_listens_are_told()
    {
        Assert.Equal([Address("192.0.2.7", 443)], Open(Public, 443, 0, null).Tcp);
        Assert.Equal([Address("192.0.2.7", 443), Address("2001:db8::7", 443)], Open(Public with { Http = "https://[::]:443" }, 443, 0, null).Tcp);
        Assert.DoesNotContain(Open(new NodeOptions { Http = "http://127.0.0.1:8080" }, 8080, 0, "http://localhost:8080").Tcp, static address => !IPAddress.IsLoopback(address.ToIPAddress()));
        Assert.Equal(["turn:127.0.0.1:8080?transport=tcp"], Open(new NodeOptions { Http = "http://localhost:8080" }, 8080, 0, "http://localhost:8080").Urls);
    }

    private static TunnelWays Open(NodeOptions options, int http, int own, string? door)
    {
        TunnelAddresses addresses = new(options);
        addresses.Open(http, own, door);
        return addresses.Current;
    }

    private static TransportAddress Address(string ip, ushort port) => TransportAddress.From(IPAddress.Parse(ip), port);
}
