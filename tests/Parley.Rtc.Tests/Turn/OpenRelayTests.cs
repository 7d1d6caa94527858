using System.Net;
using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Rtc.Turn;
using static Parley.Rtc.Tests.Turn.TurnBench;

namespace Parley.Rtc.Tests.Turn;

/// <summary>An allocation leads to the node's own shards and nowhere else, whatever is asked and however it is written.</summary>
public class OpenRelayTests
{
    public static TheoryData<string> Elsewhere => new(
        "127.0.0.1", "127.0.0.53", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "169.254.170.2", "192.0.2.8", "224.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.0.2.8", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "fe80::1", "2001:db8::8", "2002:7f00:1::");

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Any_other_address_is_refused_as_a_permission_a_channel_and_a_datagram(string elsewhere)
    {
        byte[] ip = IPAddress.Parse(elsewhere).GetAddressBytes();
        foreach (int port in (int[])[Shard, 22, 80, 0])
        {
            TurnBench bench = new TurnBench().Allocated();
            Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(Own, Shard)));
            Assert.Equal(403, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(ip, port)));
            Assert.Equal(403, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(Own, Shard).Peer(ip, port)));
            Assert.Equal(403, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(ip, port)));
            Assert.Equal(TurnOutcome.ForeignPeer, bench.Say(new TurnWire(TurnWire.Send).Peer(ip, port).Add(0x0013, 1).Plain()).Outcome);
            Assert.Equal(TurnOutcome.ForeignPeer, bench.Say(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(ip, port).Signed(User, Password, "parley", "0123456789")).Outcome);
            Assert.Null(bench.Session.Peer);
        }
    }

    [Theory]
    [InlineData(22)]
    [InlineData(443)]
    [InlineData(8080)]
    [InlineData(RelayedPort)]
    public void Another_port_of_the_own_address_is_refused(int port)
    {
        TurnBench bench = new TurnBench().Allocated();
        Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(Own, port)));
        Assert.Equal(403, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(Own, port)));
        Assert.Equal(TurnOutcome.ForeignPeer, bench.Say(new TurnWire(TurnWire.Send).Peer(Own, port).Add(0x0013, 1).Plain()).Outcome);
    }

    [Fact]
    public void A_mapped_form_of_the_own_address_is_the_own_address() =>
        Assert.Equal(0, new TurnBench().Allocated().Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(IPAddress.Parse("::ffff:192.0.2.7").GetAddressBytes(), Shard)));

    [Fact]
    public void The_own_address_of_another_family_than_the_allocation_is_refused() =>
        Assert.Equal(443, new TurnBench().Allocated().Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(OwnV6, Shard)));

    [Fact]
    public void Whatever_is_asked_in_any_order_data_is_only_ever_for_a_shard()
    {
        Gen<byte[]> genIp = Gen.OneOf(Gen.Const(Own), Gen.Const(OwnV6), Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.Const(IPAddress.Parse("::ffff:192.0.2.7").GetAddressBytes()));
        Gen<int> genPort = Gen.OneOf(Gen.Const(Shard), Gen.Const(Shard + 1), Gen.Int[0, 65535]);
        Gen<(int Kind, byte[] Ip, int Port, int Minutes)> genStep = Gen.Select(Gen.Int[0, 5], genIp, genPort, Gen.Int[0, 3]);
        genStep.Array[1, 30].Sample(
            steps =>
            {
                TurnBench bench = new TurnBench().Allocated();
                TransportAddress? peer = null;
                foreach ((int kind, byte[] ip, int port, int minutes) in steps)
                {
                    TurnStep step = bench.Say(Frame(kind, ip, port));
                    if (step.Outcome == TurnOutcome.Data)
                        Assert.True(bench.Session.Peer is { Port: Shard or Shard + 1 } led && led.WithPort(0) == Address(Own, 0));
                    Assert.True(peer is null || bench.Session.Peer == peer);
                    peer = bench.Session.Peer;
                    bench.Now += TimeSpan.FromMinutes(minutes);
                }
            },
            iter: 2_000);
    }

    private static byte[] Frame(int kind, byte[] ip, int port) => kind switch
    {
        0 => Sign(new TurnWire(TurnWire.CreatePermission).Peer(ip, port)),
        1 => Sign(new TurnWire(TurnWire.ChannelBind).Number((ushort)(0x4000 + (port & 1))).Peer(ip, port)),
        2 => Sign(new TurnWire(TurnWire.Refresh)),
        3 => TurnWire.Channel((ushort)(0x4000 + (port & 1)), [1, 2, 3]),
        _ => new TurnWire(TurnWire.Send).Peer(ip, port).Add(0x0013, 1, 2).Plain(),
    };

    private static byte[] Sign(TurnWire request) => request.Signed(User, Password, "parley", "0123456789");
}
