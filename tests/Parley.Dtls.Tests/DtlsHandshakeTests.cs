using CsCheck;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Dtls.Tests;

public sealed class DtlsHandshakeTests
{
    private static readonly DtlsTestNode Server = new();
    private static readonly DtlsTestNode Client = new();

    [Fact]
    public void Both_roles_hold_each_others_keys()
    {
        using DtlsWire wire = new(Server, Client);
        Assert.Null(wire.Server.Keys);
        wire.RunUntilConnected();
        AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);
        Assert.Equal(SrtpProfile.AeadAes128Gcm, wire.Server.Keys!.Profile);
        Assert.Equal(16, wire.Server.Keys.LocalKey.Length);
        Assert.Equal(12, wire.Server.Keys.LocalSalt.Length);
        Assert.NotEqual(wire.Server.Keys.LocalKey, wire.Server.Keys.RemoteKey);
    }

    [Fact]
    public void The_exported_keys_carry_media_both_ways()
    {
        using DtlsWire wire = new(Server, Client);
        wire.RunUntilConnected();
        SrtpKeys server = wire.Server.Keys!, client = wire.Client.Keys!;
        using SrtpOutbound outbound = new(server.Profile, server.LocalKey, server.LocalSalt);
        using SrtpInbound inbound = new(client.Profile, client.RemoteKey, client.RemoteSalt, maximumStreams: 1);
        byte[] packet = new byte[60];
        packet[0] = 0x80;
        int length = outbound.ProtectRtp(packet, 12, 40, 0);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(packet.AsSpan(0, length), 12, out int clear, out _));
        Assert.Equal(40, clear);
    }

    [Theory]
    [InlineData(new[] { SrtpProfile.Aes128CmHmacSha1Tag80, SrtpProfile.AeadAes256Gcm, SrtpProfile.AeadAes128Gcm }, SrtpProfile.AeadAes128Gcm, 16, 12)]
    [InlineData(new[] { SrtpProfile.Aes128CmHmacSha1Tag80, SrtpProfile.AeadAes256Gcm }, SrtpProfile.AeadAes256Gcm, 32, 12)]
    [InlineData(new[] { SrtpProfile.Aes128CmHmacSha1Tag80 }, SrtpProfile.Aes128CmHmacSha1Tag80, 16, 14)]
    public void The_profile_is_the_first_of_ours_that_the_client_offers(SrtpProfile[] offered, SrtpProfile chosen, int key, int salt)
    {
        using DtlsWire wire = new(Server, new DtlsTestNode(DtlsTestNode.Offering(offered)));
        wire.RunUntilConnected();
        AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);
        Assert.Equal(chosen, wire.Server.Keys!.Profile);
        Assert.Equal(key, wire.Server.Keys.RemoteKey.Length);
        Assert.Equal(salt, wire.Server.Keys.RemoteSalt.Length);
    }

    public static TheoryData<int, int> EachDatagram()
    {
        TheoryData<int, int> data = [];
        for (int number = 0; number < 7; number++)
        {
            data.Add(0, number);
            data.Add(1, number);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EachDatagram))]
    public void Any_one_datagram_may_be_lost(int sender, int number)
    {
        using DtlsWire wire = new(Server, Client) { Copies = (from, index) => from == sender && index == number ? 0 : 1 };
        wire.RunUntilConnected();
        AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);
    }

    [Fact]
    public void A_last_flight_lost_five_times_is_sent_again_without_a_parked_thread()
    {
        // The server is connected as soon as it has sent its ChangeCipherSpec and Finished; here they never arrive at first.
        DtlsTestNode server = new(), client = new();
        int lost = 0;
        DtlsWire? made = null;
        using DtlsWire wire = made = new(server, client)
        {
            Copies = (from, _) => from == 0 && made!.Server.State == DtlsState.Connected && lost < 5 && lost++ >= 0 ? 0 : 1,
        };
        wire.RunUntil(() => wire.Server.State == DtlsState.Connected);
        Waiting.Until(() => server.Factory.HandshakesUnderWay == 0);
        wire.RunUntilConnected();
        AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);
    }

    [Fact]
    public void Loss_and_doubles_in_any_pattern_are_survived() =>
        Gen.Int[0, 9].Array[40].Sample(
            pattern =>
            {
                using DtlsWire wire = new(Server, Client)
                {
                    Copies = (from, index) => index >= 20 ? 1 : pattern[(20 * from) + index] switch { 0 => 0, 1 => 2, _ => 1 },
                };
                wire.RunUntilConnected();
                AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);
            },
            iter: 8,
            threads: 1);

    [Fact]
    public void Datagrams_in_reverse_order_within_a_flight_are_survived()
    {
        using DtlsWire wire = new(Server, Client);
        byte[] buffer = new byte[1_500];
        wire.RunUntil(() => Reverse(wire.Server, wire.Client) & Reverse(wire.Client, wire.Server));
        AssertKeysMatch(wire.Server.Keys, wire.Client.Keys);

        bool Reverse(DtlsEndpoint from, DtlsEndpoint to)
        {
            Stack<byte[]> flight = [];
            while (from.TryGetOutgoing(buffer, out int length))
                flight.Push(buffer[..length]);
            foreach (byte[] datagram in flight)
                to.Feed(datagram);
            return from.State == DtlsState.Connected && to.State == DtlsState.Connected;
        }
    }

    [Fact]
    public void Warming_up_shakes_hands_three_times()
    {
        DtlsTestNode node = new();
        node.Factory.WarmUp();
        Assert.Equal(6, node.Factory.Statistics.Connected);
        Waiting.Until(() => node.Factory.HandshakesUnderWay == 0);
    }

    private static void AssertKeysMatch(SrtpKeys? server, SrtpKeys? client)
    {
        Assert.NotNull(server);
        Assert.NotNull(client);
        Assert.Equal(server.Profile, client.Profile);
        Assert.Equal(server.LocalKey, client.RemoteKey);
        Assert.Equal(server.RemoteKey, client.LocalKey);
        Assert.Equal(server.LocalSalt, client.RemoteSalt);
        Assert.Equal(server.RemoteSalt, client.LocalSalt);
    }
}
