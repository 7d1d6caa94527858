using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Tests.Nodes;
using Parley.Server.Tunnel;

namespace Parley.Server.Tests.Tunnel;

public class TurnServerTests(TunnelWorld world) : IClassFixture<TunnelWorld>
{
    private static readonly byte[] Loopback = [127, 0, 0, 1];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_check_comes_to_the_shard_and_its_answer_back(bool byChannel)
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelGuest guest = await TunnelGuest.AllocateAsync(world.Door, peer.Pass);
        TurnWire way = byChannel ? new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(Loopback, peer.Port) : new TurnWire(TurnWire.CreatePermission).Peer(Loopback, peer.Port);
        Assert.Equal(0, await guest.AskAsync(way, peer.Pass));
        byte[] answer = await guest.ExchangeAsync(
            () => byChannel ? TurnWire.Channel(0x4001, TunnelGuest.Check(peer)) : new TurnWire(TurnWire.Send).Peer(Loopback, peer.Port).Add(0x0013, TunnelGuest.Check(peer)).Plain(),
            guest.ReadTurnAsync);
        Assert.True(peer.IsAnswered(byChannel ? answer[4..] : TurnWire.Attributes(answer)[0x0013].Single()));
        Assert.Contains("parley_tunnels{kind=\"turn\"} ", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statement_and_the_pass_name_the_same_way()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        string url = $"turn:127.0.0.1:{world.Door.Port}?transport=tcp";
        Assert.Equal([url], peer.Pass.Urls);
        Assert.InRange(peer.Pass.Expires - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 290, 300);
        Assert.Equal((long)peer.Pass.Expires, long.Parse(peer.Pass.Username.Split(':')[0], CultureInfo.InvariantCulture));
        string payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(world.Home.Get<OwnStatement>().Text.Split('.')[0]));
        Assert.Contains($"\"tunnels\":[\"{url}\"]", payload, StringComparison.Ordinal);
        Assert.Contains($"{{\"ip\":\"127.0.0.1\",\"port\":{world.Door.Port},\"protocol\":\"tcp\"}}", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_service_of_this_machine_or_any_other_is_reached()
    {
        using Socket service = new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        service.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        int port = ((IPEndPoint)service.LocalEndPoint!).Port;
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelGuest guest = await TunnelGuest.AllocateAsync(world.Door, peer.Pass);
        int away = world.Away.Get<IMediaNode>().Addresses[0].Port;
        (string Ip, int Port)[] elsewhere =
        [
            ("127.0.0.1", port), ("127.0.0.1", world.Door.Port), ("127.0.0.1", away), ("127.0.0.2", peer.Port), ("10.0.0.1", 80), ("192.168.0.1", 53), ("172.16.0.1", 22), ("169.254.169.254", 80), ("192.0.2.1", 443),
            ("::1", port), ("::ffff:127.0.0.1", port), ("::ffff:169.254.169.254", 80), ("::ffff:10.0.0.1", 80), ("fd00:ec2::254", 80), ("0.0.0.0", port), ("::", port),
        ];
        long before = world.Refused(TunnelReasons.ForeignPeer);
        Assert.Equal(0, await guest.AskAsync(new TurnWire(TurnWire.CreatePermission).Peer(Loopback, peer.Port), peer.Pass));
        foreach ((string ip, int to) in elsewhere)
        {
            byte[] bytes = IPAddress.Parse(ip).GetAddressBytes();
            Assert.Equal(403, await guest.AskAsync(new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(bytes, to), peer.Pass));
            await guest.SendAsync(new TurnWire(TurnWire.Send).Peer(bytes, to).Add(0x0013, TunnelGuest.Check(peer)).Plain());
        }

        foreach ((string ip, _) in elsewhere.Where(static one => one.Ip is not "127.0.0.1" and not "::ffff:127.0.0.1"))
            Assert.Equal(403, await guest.AskAsync(new TurnWire(TurnWire.CreatePermission).Peer(IPAddress.Parse(ip).GetAddressBytes(), peer.Port), peer.Pass));
        await Until.TrueAsync(() => world.Refused(TunnelReasons.ForeignPeer) - before >= elsewhere.Length * 2);
        Assert.Equal(0, service.Available);
        Assert.Contains("parley_tunnel_refusals_total{reason=\"foreign-peer\"} ", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_a_check_of_this_participant_in_this_meeting_comes_to_the_shard()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        await using IMediaRoom other = await world.OpenAsync(world.Meeting());
        using TunnelPeer ada = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelPeer bob = await TunnelPeer.JoinAsync(room, "p_bob");
        using TunnelPeer eve = await TunnelPeer.JoinAsync(other, "p_ada");
        using TunnelGuest guest = await TunnelGuest.AllocateAsync(world.Door, ada.Pass);
        Assert.Equal(0, await guest.AskAsync(new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(Loopback, ada.Port), ada.Pass));
        foreach ((byte[] datagram, string reason) in ((byte[], string)[])[
            (TunnelGuest.Check(bob), TunnelReasons.ForeignUfrag), (TunnelGuest.Check(eve), TunnelReasons.ForeignUfrag), ([22, 254, 253, .. new byte[40]], TunnelReasons.Unchecked), ([0x80, .. new byte[40]], TunnelReasons.Unchecked),
            ([0, 1, .. new byte[30]], TunnelReasons.Malformed)])
        {
            long before = world.Refused(reason);
            await guest.SendAsync(TurnWire.Channel(0x4001, datagram));
            await world.RefusedAsync(reason, before);
        }

        // The way is still open for whom it is.
        Assert.True(ada.IsAnswered((await guest.ExchangeAsync(() => TurnWire.Channel(0x4001, TunnelGuest.Check(ada)), guest.ReadTurnAsync))[4..]));
    }

    [Fact]
    public async Task Credentials_that_are_expired_forged_or_anothers_are_refused()
    {
        string meeting = world.Meeting();
        await using IMediaRoom room = await world.OpenAsync(meeting);
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        TunnelPasses passes = world.Home.Get<TunnelPasses>();
        string old = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1}:{meeting}:p_ada";
        string longer = peer.Pass.Username.Replace(peer.Pass.Expires.ToString(CultureInfo.InvariantCulture), "9999999999", StringComparison.Ordinal);
        await RefusedAsync(peer.Pass with { Username = old, Credential = passes.Password(old) }, TunnelReasons.Expired);
        await RefusedAsync(peer.Pass with { Credential = "guessed" }, TunnelReasons.WrongCredentials);
        await RefusedAsync(peer.Pass with { Username = longer }, TunnelReasons.WrongCredentials);
        await RefusedAsync(peer.Pass with { Username = peer.Pass.Username + "x" }, TunnelReasons.WrongCredentials);
        await RefusedAsync(peer.Pass with { Username = "root" }, TunnelReasons.WrongCredentials);

        // Another node's, though for the same meeting and person; and this node's own for a meeting that it was not granted.
        await RefusedAsync(world.Away.Get<TunnelPasses>().Issue(meeting, "p_ada")!, TunnelReasons.WrongCredentials);
        await RefusedAsync(passes.Issue("eu-fra-99999999999999999999", "p_ada")!, TunnelReasons.GrantMissing);
    }

    [Fact]
    public async Task A_participant_has_a_few_allocations_and_no_more()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        List<TunnelGuest> guests = [];
        for (int i = 0; i < Tunnels.MostOfParticipant; i++)
            guests.Add(await TunnelGuest.AllocateAsync(world.Door, peer.Pass));
        using TunnelGuest more = TunnelGuest.Connect(world.Door);
        Assert.Equal(486, await more.AskAsync(new TurnWire(TurnWire.Allocate).Udp(), peer.Pass));
        Tunnels tunnels = world.Home.Get<Tunnels>();
        int open = tunnels.Count(TunnelKind.Turn);
        guests[0].Dispose();
        await Until.TrueAsync(() => tunnels.Count(TunnelKind.Turn) < open);
        Assert.Equal(0, await more.AskAsync(new TurnWire(TurnWire.Allocate).Udp(), peer.Pass));
        guests.ForEach(static guest => guest.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_allocation_ends_within_a_second_of_its_meetings_grant(bool revoked)
    {
        string meeting = world.Meeting();
        await using IMediaRoom room = await world.OpenAsync(meeting);
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelGuest guest = await TunnelGuest.AllocateAsync(world.Door, peer.Pass);
        IMediaNodeLink link = world.Home.Links.Find(world.Home.Id)!;
        if (revoked)
        {
            Assert.Null(await link.RevokeAsync(world.Home.Sign(world.Home.Grant(meeting, world.Home, revokes: true))));
        }
        else
        {
            Assert.Null(await link.GrantAsync(world.Home.Sign(world.Home.Grant(meeting, world.Home) with { Lifetime = 1 })));
            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }

        await guest.ClosedAsync().WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => world.Home.Get<TunnelCounters>().Ends.ContainsKey(TunnelReasons.GrantMissing));
        using TunnelGuest again = TunnelGuest.Connect(world.Door);
        Assert.Equal(401, await again.AskAsync(new TurnWire(TurnWire.Allocate).Udp(), peer.Pass));
    }

    [Fact]
    public async Task An_allocation_ends_with_the_transport_that_it_led_to()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelGuest guest = await TunnelGuest.AllocateAsync(world.Door, peer.Pass);
        Assert.Equal(0, await guest.AskAsync(new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(Loopback, peer.Port), peer.Pass));
        await guest.ExchangeAsync(() => TurnWire.Channel(0x4001, TunnelGuest.Check(peer)), guest.ReadTurnAsync);
        room.Close(peer.Answer.Transport);
        await guest.ClosedAsync();
    }

    [Theory]
    [InlineData("0003000000000000000000000000000000000000")]
    [InlineData("0003FFFC2112A442000000000000000000000000")]
    public async Task Bytes_that_make_no_sense_end_the_connection(string hex)
    {
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        await guest.SendAsync(new TurnWire(TurnWire.Allocate).Udp().Plain());
        await guest.ReadTurnAsync();
        await guest.SendAsync(Convert.FromHexString(hex));
        await guest.ClosedAsync();
        Assert.True(world.Refused(TunnelReasons.Malformed) > 0);
    }

    private async Task RefusedAsync(TunnelPass pass, string reason)
    {
        long before = world.Refused(reason);
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        Assert.Equal(401, await guest.AskAsync(new TurnWire(TurnWire.Allocate).Udp(), pass));
        Assert.Equal(before + 1, world.Refused(reason));
    }

    private async Task<string> MetricsAsync()
    {
        using HttpClient http = new() { BaseAddress = world.Door };
        return await http.GetStringAsync("/metrics");
    }
}
