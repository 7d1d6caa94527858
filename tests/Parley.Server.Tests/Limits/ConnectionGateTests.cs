using System.Net;
using Parley.Server.Configuration;
using Parley.Server.Limits;
using Parley.Server.Problems;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;

namespace Parley.Server.Tests.Limits;

public class ConnectionGateTests
{
    private static readonly NodeOptions Small = new() { MaximumConnections = 10_000, Limits = new AddressLimits { Connections = 100, LoopbackFactor = 2 } };

    [Fact]
    public void Ten_thousand_connections_of_one_address_stop_at_its_limit_and_others_get_in()
    {
        ConnectionGate gate = new(Small);
        IPAddress hostile = IPAddress.Parse("192.0.2.7");
        int refused = Enumerable.Range(0, 10_000).Count(_ => CodeOf(gate, hostile) == "rate-limited");
        Assert.Equal(9_900, refused);
        Assert.Equal(100, gate.Total);
        Assert.Null(CodeOf(gate, IPAddress.Parse("192.0.2.8")));
        gate.Leave(hostile);
        Assert.Null(CodeOf(gate, hostile));
        Assert.Equal("rate-limited", CodeOf(gate, hostile));
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_count_together_and_loopback_has_more()
    {
        ConnectionGate gate = new(Small);
        for (int i = 0; i < 100; i++)
            Assert.Null(CodeOf(gate, IPAddress.Parse($"2001:db8::{i:x}")));
        Assert.Equal("rate-limited", CodeOf(gate, IPAddress.Parse("2001:db8::ffff")));
        Assert.Null(CodeOf(gate, IPAddress.Parse("2001:db8:0:1::1")));
        for (int i = 0; i < 200; i++)
            Assert.Null(CodeOf(gate, IPAddress.Loopback));
        Assert.Equal("rate-limited", CodeOf(gate, IPAddress.Loopback));
    }

    [Fact]
    public void All_addresses_together_stop_at_the_nodes_limit()
    {
        ConnectionGate gate = new(Small);
        for (int i = 0; i < 10_000; i++)
            Assert.Null(CodeOf(gate, new IPAddress(0x0a000000 + i)));
        Assert.Equal("node-full", CodeOf(gate, IPAddress.Parse("192.0.2.8")));
    }

    [Fact]
    public async Task The_hub_is_behind_the_gate_and_a_closed_connection_makes_room()
    {
        await using TestNode node = await TestNode.StartAsync(static options => options with { Limits = new AddressLimits { Connections = 2, LoopbackFactor = 1 } });
        TestClient first = await node.ConnectAsync();
        await using TestClient second = await node.ConnectAsync();
        await Assert.ThrowsAnyAsync<Exception>(node.ConnectAsync);
        using HttpResponseMessage refused = await node.Http.GetAsync("/hub");
        await ProblemAssert.IsAsync(refused, 429, "rate-limited");

        await first.DisposeAsync();
        HttpStatusCode answer = HttpStatusCode.TooManyRequests;
        for (int attempt = 0; answer == HttpStatusCode.TooManyRequests && attempt < 200; attempt++)
        {
            await Task.Delay(10);
            using HttpResponseMessage response = await node.Http.GetAsync("/hub");
            answer = response.StatusCode;
        }

        await using TestClient third = await node.ConnectAsync();
        Assert.Equal("not-joined", (await third.RefusedAsync("rename", new { name = "Ada" })).GetProperty("code").GetString());
    }

    private static string? CodeOf(ConnectionGate gate, IPAddress from)
    {
        try
        {
            gate.Enter(from);
            return null;
        }
        catch (ProblemException refusal)
        {
            return refusal.Code;
        }
    }
}
