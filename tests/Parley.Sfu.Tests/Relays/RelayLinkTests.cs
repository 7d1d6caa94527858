using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Rtc.Stun;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Relays;

public sealed class RelayLinkTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly SourceId Camera = new("ada", SourceKind.Camera);
    private static readonly SourceId Microphone = new("ada", SourceKind.Microphone);

    [Fact]
    public void Both_ends_are_told_when_it_carries_rooms()
    {
        var pair = new RelayPair();
        Assert.Equal(RelayPair.Link, Assert.Single(pair.First.Shard.EventsOf<RelayLinkConnected>()).Link);
        Assert.Equal(RelayPair.Link, Assert.Single(pair.Second.Shard.EventsOf<RelayLinkConnected>()).Link);
        Assert.True(pair.Count(pair.First).Connected);
        Assert.Empty(pair.Count(pair.First).Rows);
    }

    [Fact]
    public void A_source_is_there_on_both_shards_and_crosses_once_for_all()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        SimulatedPeer[] viewers = [.. Enumerable.Range(0, 3).Select(i => pair.Second.View($"viewer{i}", audio: 1, video: 1))];
        Send(pair, ada, frames: 3);
        Assert.All(pair.Second.Shard.EventsOf<SourceStarted>(), started => Assert.Equal((default, RelayPair.Link), (started.Transport, started.Relay)));
        Assert.Equal([Microphone, Camera], pair.Second.Shard.EventsOf<SourceStarted>().Select(started => started.Source).OrderBy(source => source.Kind));
        Send(pair, ada, frames: 5);
        foreach (SimulatedPeer viewer in viewers)
        {
            Assert.True(viewer.Rtp.Count >= 10, $"{viewer.Rtp.Count} packets came");
            Assert.Equal(0, viewer.Undecryptable);
        }

        RelayRowStatistics row = Assert.Single(pair.Count(pair.First).Rows);
        Assert.Equal([(Microphone, 0), (Camera, 0)], row.Sent.Select(layer => (layer.Source, layer.Layer)).OrderBy(layer => layer.Source.Kind));
        Assert.All(row.Sent, layer => Assert.InRange(layer.Packets, 5, 9));
    }

    [Fact]
    public void What_nobody_shows_does_not_cross()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        pair.Second.View("listener", audio: 1, video: 0);
        Send(pair, ada, frames: 5);
        Assert.Equal(Microphone, Assert.Single(Assert.Single(pair.Count(pair.First).Rows).Sent).Source);
    }

    [Fact]
    public void Nothing_is_kept_of_a_row_that_was_not_joined()
    {
        var pair = new RelayPair();
        pair.First.Shard.Command(new JoinRelay(pair.First.Room, RelayPair.Link, 1));
        TestPublisher ada = pair.First.Publish("ada");
        pair.Second.View("viewer", audio: 1, video: 1);
        Send(pair, ada, frames: 5);
        Assert.Empty(pair.Second.Shard.EventsOf<SourceStarted>());
        Assert.Empty(pair.Count(pair.Second).Rows);
        Assert.Empty(Assert.Single(pair.Count(pair.First).Rows).Sent);
        Assert.True(pair.Second.Shard.Drops(DropReason.RelayUnknownRow) > 0);
    }

    [Fact]
    public void Leaving_ends_the_sources_within_the_call_and_what_comes_late_leaves_no_trace()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        pair.Second.View("viewer", audio: 1, video: 1);
        Send(pair, ada, frames: 5);
        int held = pair.Second.Shard.Pool.Capacity - pair.Second.Shard.Pool.Available;
        Assert.True(held > 0);
        pair.Second.Shard.Command(new LeaveRelay(pair.Second.Room, RelayPair.Link));
        Assert.Equal([Microphone, Camera], pair.Second.Shard.EventsOf<SourceStopped>().Select(stopped => stopped.Source).OrderBy(source => source.Kind));
        Assert.Equal(pair.Second.Shard.Pool.Capacity, pair.Second.Shard.Pool.Available);
        // The first shard does not know it yet.
        ada.Video.Send();
        ada.Audio.Send();
        pair.Run(Moment);
        Assert.True(pair.Second.Shard.Drops(DropReason.UnknownSsrc) > 0);
        Assert.Equal(pair.Second.Shard.Pool.Capacity, pair.Second.Shard.Pool.Available);
        long sent = pair.Count(pair.First).PacketsSent;
        Send(pair, ada, frames: 3);
        Assert.InRange(pair.Count(pair.First).PacketsSent - sent, 0, 2);
    }

    [Fact]
    public void Levels_and_dependency_descriptors_cross_with_their_packets()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        SimulatedPeer viewer = pair.Second.View("viewer", audio: 1, video: 1);
        Send(pair, ada, frames: 3);
        viewer.Rtp.Clear();
        // Start and end of frame, template 1, frame number 300.
        ada.Peer.Send(ada.Video.Next(isKeyFrame: true) with { Descriptor = [0xC1, 0x01, 0x2C] });
        pair.Run(TimeSpan.FromMilliseconds(20));
        byte[] descriptor = Assert.Single(viewer.Rtp, packet => packet.Descriptor.Length > 0).Descriptor;
        Assert.Equal((3, 0xC1), (descriptor.Length, descriptor[0]));
        for (int i = 0; i < 100; i++)
        {
            ada.Audio.Send(level: 10);
            pair.Run(TimeSpan.FromMilliseconds(20));
        }

        Assert.Contains("ada", pair.Second.Shard.EventsOf<SpeakersChanged>()[^1].Audible);
    }

    [Fact]
    public void Key_frame_requests_of_the_other_shard_pass_the_same_gate()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        Send(pair, ada, frames: 5);
        int before = Requests(ada);
        for (int i = 0; i < 5; i++)
            pair.Second.View($"viewer{i}", audio: 0, video: 1);
        pair.Run(TimeSpan.FromMilliseconds(150));
        Assert.Equal(before + 1, Requests(ada));
    }

    [Fact]
    public void A_link_without_an_answer_is_given_up()
    {
        var pair = new RelayPair(connects: false) { IsDeaf = true };
        pair.Run(TimeSpan.FromSeconds(4));
        Assert.Empty(pair.First.Shard.EventsOf<RelayLinkClosed>());
        pair.Run(TimeSpan.FromSeconds(7));
        Assert.Equal(RelayCloseReason.NeverConnected, Assert.Single(pair.First.Shard.EventsOf<RelayLinkClosed>()).Reason);
        Assert.Equal(RelayCloseReason.NeverConnected, Assert.Single(pair.Second.Shard.EventsOf<RelayLinkClosed>()).Reason);
    }

    [Fact]
    public void A_link_without_rows_stays_and_a_silent_one_is_reported()
    {
        var pair = new RelayPair();
        pair.Run(TimeSpan.FromSeconds(7));
        Assert.Empty(pair.First.Shard.EventsOf<RelayLinkClosed>());
        pair.IsDeaf = true;
        pair.Run(TimeSpan.FromSeconds(6));
        Assert.Equal(RelayCloseReason.Silent, Assert.Single(pair.First.Shard.EventsOf<RelayLinkClosed>()).Reason);
        Assert.Equal(RelayCloseReason.Silent, Assert.Single(pair.Second.Shard.EventsOf<RelayLinkClosed>()).Reason);
    }

    [Fact]
    public void Closing_one_end_closes_the_other()
    {
        var pair = new RelayPair().Join();
        pair.First.Shard.Command(new CloseRelayLink(RelayPair.Link));
        pair.Run(TimeSpan.FromMilliseconds(10));
        Assert.Equal(RelayCloseReason.Requested, Assert.Single(pair.First.Shard.EventsOf<RelayLinkClosed>()).Reason);
        Assert.Equal(RelayCloseReason.PeerClosed, Assert.Single(pair.Second.Shard.EventsOf<RelayLinkClosed>()).Reason);
    }

    [Fact]
    public void Commands_that_cannot_be_are_refused()
    {
        var pair = new RelayPair().Join();
        SimulatedShard shard = pair.First.Shard;
        long refused = shard.Drops(DropReason.CommandRefused);
        shard.Command(pair.Open(initiator: true, link: 5, ufrag: "another"));
        shard.Command(pair.Open(initiator: true, link: 6));
        shard.Command(pair.Open(initiator: true, link: 7, ufrag: "third") with { RemoteAddresses = [] });
        shard.Command(pair.Open(initiator: true, link: 8, ufrag: "fourth") with { RemoteFingerprint = new byte[20] });
        shard.Command(new JoinRelay(pair.First.Room, RelayPair.Link, 9));
        shard.Command(new JoinRelay(new RoomId(99), RelayPair.Link, 9));
        shard.Command(new JoinRelay(pair.First.Room, new RelayLinkId(99), 9));
        shard.Command(new LeaveRelay(pair.First.Room, new RelayLinkId(99)));
        shard.Command(new CloseRelayLink(new RelayLinkId(99)));
        Assert.Equal(refused + 9, shard.Drops(DropReason.CommandRefused));
        Assert.Equal([6L, 7L, 8L], shard.EventsOf<RelayLinkClosed>().Where(closed => closed.Reason == RelayCloseReason.Refused).Select(closed => closed.Link.Value));
    }

    [Fact]
    public void Only_who_knows_the_password_is_admitted()
    {
        var pair = new RelayPair(connects: false) { IsDeaf = true };
        SimulatedShard shard = pair.Second.Shard;
        var stranger = TransportAddress.FromBytes([10, 66, 0, 1], 1234);
        shard.Deliver(stranger, Check("a wrong password, long enough"));
        Assert.Equal(1, shard.Drops(DropReason.StunUnauthorized));
        shard.Deliver(stranger, FakeDtlsEndpoint.Hello);
        Assert.Equal(1, shard.Drops(DropReason.DtlsBeforeCheck));
        Assert.Equal(0, shard.Dtls.Attempts);
        shard.Deliver(stranger, Check("second password, long enough"));
        shard.Deliver(stranger, FakeDtlsEndpoint.Hello);
        Assert.Equal(1, shard.Dtls.Attempts);
    }

    [Fact]
    public void A_participant_cannot_take_the_other_shards_address()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        SimulatedPeer viewer = pair.Second.View("viewer", audio: 1, video: 1);
        SimulatedPeer mallory = pair.Second.Prepare("mallory", new SessionBuilder(pair.Second.Shard.Entropy).VideoSlots(1));
        mallory.MoveTo(RelayPair.FirstAddress);
        mallory.Check();
        Assert.Equal(1, pair.Second.Shard.Drops(DropReason.AddressTaken));
        pair.Second.Shard.Detach(RelayPair.FirstAddress);
        Send(pair, ada, frames: 5);
        Assert.True(viewer.Rtp.Count >= 5);
    }

    [Fact]
    public void A_room_that_closes_leaves_its_row()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        pair.Second.View("viewer", audio: 1, video: 1);
        Send(pair, ada, frames: 5);
        pair.Second.Shard.Command(new CloseRoom(pair.Second.Room));
        Assert.Empty(pair.Count(pair.Second).Rows);
        Assert.Equal(pair.Second.Shard.Pool.Capacity, pair.Second.Shard.Pool.Available);
        Assert.Equal(0, pair.Second.Shard.Drops(DropReason.Fault));
    }

    private static int Requests(TestPublisher publisher) => publisher.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss);

    private static void Send(RelayPair pair, TestPublisher publisher, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            // Requests for key frames are answered with the next frame.
            publisher.Video.Send(isKeyFrame: true);
            publisher.Audio.Send();
            pair.Run(TimeSpan.FromMilliseconds(320));
        }
    }

    private static byte[] Check(string password)
    {
        using var key = new StunIntegrityKey(password);
        byte[] datagram = new byte[StunConstants.MaximumLength];
        var writer = new StunWriter(datagram, StunClass.Request, new byte[12]);
        writer.AddUsername("two:one"u8);
        writer.AddControlling(1);
        writer.AddPriority(1);
        writer.AddUseCandidate();
        writer.AddIntegrity(key);
        writer.AddFingerprint();
        return datagram[..writer.Length];
    }
}
