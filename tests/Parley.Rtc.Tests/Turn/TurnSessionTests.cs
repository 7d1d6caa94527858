using System.Buffers.Binary;
using System.Text;
using Parley.Rtc.Turn;
using static Parley.Rtc.Tests.Turn.TurnBench;

namespace Parley.Rtc.Tests.Turn;

/// <summary>One test for each row of the session's table.</summary>
public class TurnSessionTests
{
    [Fact]
    public void Without_integrity_the_client_is_told_realm_and_nonce()
    {
        TurnStep step = new TurnBench().Say(new TurnWire(TurnWire.Allocate).Udp().Plain(), out byte[] response);
        Assert.Equal(TurnOutcome.Challenged, step.Outcome);
        Assert.Equal(401, TurnWire.Error(response));
        ILookup<int, byte[]> said = TurnWire.Attributes(response);
        Assert.Equal("parley", Encoding.ASCII.GetString(said[0x0014].Single()));
        Assert.Equal("0123456789", Encoding.ASCII.GetString(said[0x0015].Single()));
    }

    [Fact]
    public void Another_nonce_is_stale()
    {
        new TurnBench().Say(new TurnWire(TurnWire.Allocate).Udp().Signed(User, Password, "parley", "of yesterday"), out byte[] response);
        Assert.Equal(438, TurnWire.Error(response));
        Assert.Equal("0123456789", Encoding.ASCII.GetString(TurnWire.Attributes(response)[0x0015].Single()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_password_makes_nothing(bool sha256)
    {
        TurnBench bench = new();
        Assert.Equal(401, bench.Ask(new TurnWire(TurnWire.Allocate).Udp(), password: "another", sha256: sha256));
        Assert.Equal(TurnState.Fresh, bench.Session.State);
    }

    [Fact]
    public void A_user_who_is_not_to_be_let_in_makes_nothing()
    {
        TurnBench bench = new() { IsLetIn = false };
        Assert.Equal(401, bench.Ask(new TurnWire(TurnWire.Allocate).Udp()));
        Assert.Equal(TurnOutcome.WrongCredentials, bench.Say(new TurnWire(TurnWire.Allocate).Udp().Signed(User, Password, "parley", "0123456789")).Outcome);
    }

    [Theory]
    [InlineData(false, 0x0008, 20)]
    [InlineData(true, 0x001C, 32)]
    public void An_allocation_is_told_with_its_address_and_signed_as_the_request_was(bool sha256, int integrity, int length)
    {
        TurnBench bench = new();
        TurnWire request = new(TurnWire.Allocate);
        TurnStep step = bench.Say(request.Udp().Signed(User, Password, "parley", "0123456789", sha256), out byte[] response);
        Assert.Equal(TurnOutcome.Allocated, step.Outcome);
        Assert.Equal(0x0103, BinaryPrimitives.ReadUInt16BigEndian(response));
        ILookup<int, byte[]> said = TurnWire.Attributes(response);
        Assert.Equal(TurnWire.Xor(Own, RelayedPort, request.Id), said[0x0016].Single());
        Assert.Equal(TurnWire.Xor([198, 51, 100, 9], 1234, request.Id), said[0x0020].Single());
        Assert.Equal(600u, BinaryPrimitives.ReadUInt32BigEndian(said[0x000D].Single()));
        Assert.Equal(length, said[integrity].Single().Length);
    }

    [Fact]
    public void Before_an_allocation_nothing_else_is_done()
    {
        TurnBench bench = new();
        Assert.Equal(437, bench.Ask(new TurnWire(TurnWire.Refresh)));
        Assert.Equal(437, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(Own, Shard)));
        Assert.Equal(437, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4000).Peer(Own, Shard)));
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(new TurnWire(TurnWire.Send).Peer(Own, Shard).Add(0x0013, 1, 2, 3).Plain()).Outcome);
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(TurnWire.Channel(0x4001, [1, 2, 3])).Outcome);
    }

    [Fact]
    public void What_an_allocation_cannot_be_is_said()
    {
        TurnBench bench = new();
        Assert.Equal(400, bench.Ask(new TurnWire(TurnWire.Allocate)));
        Assert.Equal(442, bench.Ask(new TurnWire(TurnWire.Allocate).Add(0x0019, 6, 0, 0, 0)));
        Assert.Equal(440, bench.Ask(new TurnWire(TurnWire.Allocate).Udp().Add(0x0017, 2, 0, 0, 0)));
        Assert.Equal(420, bench.Ask(new TurnWire(TurnWire.Allocate).Udp().Add(0x0018, 0x80)));
        bench.Port = 0;
        Assert.Equal(486, bench.Ask(new TurnWire(TurnWire.Allocate).Udp()));
        Assert.Equal(TurnState.Fresh, bench.Session.State);
    }

    [Fact]
    public void There_is_one_allocation_of_one_user()
    {
        TurnBench bench = new TurnBench().Allocated();
        Assert.Equal(437, bench.Ask(new TurnWire(TurnWire.Allocate).Udp()));
        Assert.Equal(441, bench.Ask(new TurnWire(TurnWire.Refresh), user: "1790000000:eu-fra-1:p_eve"));
    }

    [Fact]
    public void A_refresh_prolongs_and_one_of_no_time_ends()
    {
        TurnBench bench = new TurnBench().Allocated();
        bench.Now += TimeSpan.FromMinutes(9);
        Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.Refresh).Lifetime(60)));
        bench.Now += TimeSpan.FromMinutes(9);
        bench.Session.HandleTimeout(bench.Now);
        Assert.Equal(TurnState.Allocated, bench.Session.State);
        Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.Refresh).Lifetime(0)));
        Assert.Equal(TurnState.Closed, bench.Session.State);
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(new TurnWire(TurnWire.Allocate).Udp().Plain()).Outcome);
    }

    [Fact]
    public void An_allocation_that_nobody_prolongs_ends()
    {
        TurnBench bench = new TurnBench().Allocated().Bound();
        bench.Now += TurnSession.Lifetime;
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(TurnWire.Channel(0x4001, [1])).Outcome);
        Assert.Equal(TurnState.Closed, bench.Session.State);
    }

    [Fact]
    public void A_refresh_is_refused_once_the_user_may_no_longer_be_here()
    {
        TurnBench bench = new TurnBench().Allocated();
        bench.IsLetIn = false;
        Assert.Equal(401, bench.Ask(new TurnWire(TurnWire.Refresh)));
    }

    [Fact]
    public void A_permitted_datagram_is_for_the_peer_and_the_answer_is_for_the_client()
    {
        TurnBench bench = new TurnBench().Allocated();
        byte[] sent = new TurnWire(TurnWire.Send).Peer(Own, Shard).Add(0x0013, 7, 8, 9).Plain();
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(sent).Outcome);
        Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.CreatePermission).Peer(Own, 9)));
        TurnStep step = bench.Say(sent);
        Assert.Equal(TurnOutcome.Data, step.Outcome);
        Assert.Equal([7, 8, 9], sent[step.DataOffset..(step.DataOffset + step.DataLength)]);
        Assert.Equal(Address(Own, Shard), bench.Session.Peer);

        byte[] answer = new byte[64];
        int length = bench.Session.WriteToClient([4, 5], bench.Now, answer);
        Assert.Equal(0x0017, BinaryPrimitives.ReadUInt16BigEndian(answer));
        ILookup<int, byte[]> said = TurnWire.Attributes(answer[..length]);
        Assert.Equal(TurnWire.Xor(Own, Shard, answer[8..20]), said[0x0012].Single());
        Assert.Equal([4, 5], said[0x0013].Single());

        bench.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(sent).Outcome);
    }

    [Fact]
    public void A_channel_carries_both_ways_until_its_time_is_over()
    {
        TurnBench bench = new TurnBench().Allocated().Bound();
        byte[] frame = TurnWire.Channel(0x4001, [1, 2, 3, 4, 5]);
        TurnStep step = bench.Say(frame);
        Assert.Equal((TurnOutcome.Data, 4, 5), (step.Outcome, step.DataOffset, step.DataLength));
        byte[] back = new byte[16];
        Assert.Equal(12, bench.Session.WriteToClient([1, 2, 3, 4, 5], bench.Now, back));
        Assert.Equal(frame, back[..12]);
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(TurnWire.Channel(0x4002, [1])).Outcome);

        // The permission ends before the channel.
        bench.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(frame).Outcome);
        bench.Bound();
        Assert.Equal(TurnOutcome.Data, bench.Say(frame).Outcome);
    }

    [Fact]
    public void A_channel_keeps_its_number_and_the_allocation_its_peer()
    {
        TurnBench bench = new TurnBench().Allocated().Bound();
        Assert.Equal(0, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(Own, Shard)));
        Assert.Equal(400, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4002).Peer(Own, Shard)));
        Assert.Equal(403, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4001).Peer(Own, Shard + 1)));
        Assert.Equal(400, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x5000).Peer(Own, Shard)));
        Assert.Equal(400, bench.Ask(new TurnWire(TurnWire.ChannelBind).Number(0x4001)));
        Assert.Equal(TurnOutcome.NotPermitted, bench.Say(new TurnWire(TurnWire.Send).Peer(Own, Shard + 1).Add(0x0013, 1).Plain()).Outcome);
    }

    [Fact]
    public void A_frame_that_makes_no_sense_ends_the_connection()
    {
        TurnBench bench = new TurnBench().Allocated();
        byte[] request = new TurnWire(TurnWire.Refresh).Plain();
        request[4] ^= 1;
        Assert.Equal(TurnOutcome.Malformed, bench.Say(request).Outcome);
        Assert.Equal(TurnState.Closed, bench.Session.State);
    }

    [Fact]
    public void Responses_and_other_methods_are_no_business_of_a_server()
    {
        Assert.Equal(TurnOutcome.Malformed, new TurnBench().Say(new TurnWire(0x0103).Plain()).Outcome);
        Assert.Equal(400, new TurnBench().Allocated().Ask(new TurnWire(0x0001)));
        Assert.Equal(TurnOutcome.Refused, new TurnBench().Allocated().Say(new TurnWire(0x0017).Plain()).Outcome);
    }
}
