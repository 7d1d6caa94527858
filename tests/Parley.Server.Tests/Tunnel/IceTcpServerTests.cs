using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Tests.Nodes;
using Parley.Server.Tunnel;

namespace Parley.Server.Tests.Tunnel;

public class IceTcpServerTests(TunnelWorld world) : IClassFixture<TunnelWorld>
{
    [Fact]
    public async Task A_check_over_TCP_comes_to_the_shard_and_its_answer_back_however_it_is_cut()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        Assert.Equal(("127.0.0.1", world.Door.Port, "passive"), (Assert.Single(peer.Tcp).Address, peer.Tcp[0].Port, peer.Tcp[0].TcpType));
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        byte[] check = TunnelGuest.Check(peer);
        foreach (byte one in TunnelGuest.Frame(check))
            await guest.SendAsync([one]);
        Assert.True(peer.IsAnswered(await guest.ExchangeAsync(() => TunnelGuest.Frame(TunnelGuest.Check(peer)), guest.ReadFrameAsync)));

        // Two frames in one segment, and one datagram that is none of STUN, to which the shard says nothing.
        byte[] second = TunnelGuest.Check(peer), third = TunnelGuest.Check(peer);
        await guest.SendAsync([0, (byte)second.Length, .. second, 0, 20, 0x80, .. new byte[19], 0, (byte)third.Length, .. third]);
        Assert.True(peer.IsAnswered(await guest.ReadFrameAsync()));
        Assert.True(peer.IsAnswered(await guest.ReadFrameAsync()));
    }

    [Fact]
    public async Task A_first_frame_of_nobody_who_is_expected_closes_the_connection()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        byte[] check = TunnelGuest.Check(peer);
        room.Close(peer.Answer.Transport);
        await Until.TrueAsync(() => world.Home.Get<IMediaNode>().FindOwner(System.Text.Encoding.ASCII.GetString(check, 24, check[23]).Split(':')[0]) is null);
        long before = world.Refused(TunnelReasons.UnknownUfrag);
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        await guest.SendFrameAsync(check);
        await guest.ClosedAsync();
        Assert.Equal(before + 1, world.Refused(TunnelReasons.UnknownUfrag));
    }

    [Fact]
    public async Task A_connection_leads_to_one_transport_for_good()
    {
        await using IMediaRoom room = await world.OpenAsync(world.Meeting());
        using TunnelPeer ada = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelPeer bob = await TunnelPeer.JoinAsync(room, "p_bob");
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        Assert.True(ada.IsAnswered(await guest.ExchangeAsync(() => TunnelGuest.Frame(TunnelGuest.Check(ada)), guest.ReadFrameAsync)));
        long before = world.Refused(TunnelReasons.ForeignUfrag);
        await guest.SendFrameAsync(TunnelGuest.Check(bob));
        await world.RefusedAsync(TunnelReasons.ForeignUfrag, before);
        room.Close(ada.Answer.Transport);
        await guest.ClosedAsync();
    }

    [Fact]
    public async Task It_ends_within_a_second_of_its_meetings_grant()
    {
        string meeting = world.Meeting();
        await using IMediaRoom room = await world.OpenAsync(meeting);
        using TunnelPeer peer = await TunnelPeer.JoinAsync(room, "p_ada");
        using TunnelGuest guest = TunnelGuest.Connect(world.Door);
        await guest.ExchangeAsync(() => TunnelGuest.Frame(TunnelGuest.Check(peer)), guest.ReadFrameAsync);
        Assert.Null(await world.Home.Links.Find(world.Home.Id)!.RevokeAsync(world.Home.Sign(world.Home.Grant(meeting, world.Home, revokes: true))));
        await guest.ClosedAsync().WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
    }
}
