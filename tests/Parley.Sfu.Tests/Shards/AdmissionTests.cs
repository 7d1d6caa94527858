using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;
using Parley.Sfu.Transports;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class AdmissionTests
{
    private readonly TestMeeting _meeting = new();

    private SimulatedShard Shard => _meeting.Shard;

    [Fact]
    public void A_check_and_a_handshake_connect_a_transport()
    {
        SimulatedPeer peer = _meeting.View("ada", audio: 1, video: 0);

        Assert.Equal(1, peer.Responses);
        Assert.True(peer.IsConnected);
        Assert.Equal(peer.Transport, Assert.Single(Shard.EventsOf<TransportConnected>()).Transport);
    }

    [Fact]
    public void A_wrong_password_is_not_answered()
    {
        SimulatedPeer peer = Prepare();

        peer.Check(password: "a wrong password of 22+");

        Assert.Equal(0, peer.Responses);
        Assert.Equal(1, Shard.Drops(DropReason.StunUnauthorized));
    }

    [Fact]
    public void An_unknown_user_fragment_is_not_answered()
    {
        SimulatedPeer peer = Prepare();

        peer.Check(ufrag: "nobody");

        Assert.Equal(0, peer.Responses);
        Assert.Equal(1, Shard.Drops(DropReason.StunUnknownUfrag));
    }

    [Fact]
    public void Dtls_before_a_check_makes_no_association()
    {
        SimulatedPeer peer = Prepare();

        peer.Handshake();

        Assert.Equal(0, Shard.Dtls.Attempts);
        Assert.Equal(1, Shard.Drops(DropReason.DtlsBeforeCheck));
    }

    [Fact]
    public void Dtls_from_another_address_than_the_checked_one_is_dropped()
    {
        SimulatedPeer peer = Prepare();
        peer.Check();

        Shard.Deliver(TransportAddress.FromBytes([10, 9, 9, 9], 9), FakeDtlsEndpoint.Hello);

        Assert.Equal(0, Shard.Dtls.Attempts);
        Assert.Equal(1, Shard.Drops(DropReason.DtlsBeforeCheck));
    }

    [Fact]
    public void Media_from_an_unknown_address_and_before_keys_is_dropped()
    {
        SimulatedPeer peer = Prepare();
        byte[] packet = peer.Protect(new OutgoingRtp { Ssrc = 1, PayloadType = 111, Sequence = 1, Payload = [1] });

        peer.Send(packet);
        peer.Check();
        peer.Send(packet);

        Assert.Equal(1, Shard.Drops(DropReason.MediaFromUnknownAddress));
        Assert.Equal(1, Shard.Drops(DropReason.MediaBeforeKeys));
    }

    [Fact]
    public void Bytes_of_no_protocol_are_counted()
    {
        Shard.Deliver(TransportAddress.FromBytes([1, 2, 3, 4], 5), [77, 1, 2]);
        Shard.Deliver(TransportAddress.FromBytes([1, 2, 3, 4], 5), []);
        Shard.Deliver(TransportAddress.FromBytes([1, 2, 3, 4], 5), [0, 1, 2]);

        Assert.Equal(2, Shard.Drops(DropReason.UnknownProtocol));
        Assert.Equal(1, Shard.Drops(DropReason.StunMalformed));
    }

    [Fact]
    public void A_flooding_source_is_ignored_for_a_while_and_a_known_peer_never()
    {
        SimulatedPeer known = _meeting.View("ada", audio: 1, video: 0);
        SimulatedPeer flood = Prepare();
        for (int i = 0; i < 80; i++)
        {
            flood.Check(ufrag: "nobody");
            known.Check(password: "a wrong password of 22+");
        }

        Assert.True(Shard.Drops(DropReason.SourceFlooding) >= 30);
        flood.Check();
        known.Check();
        Assert.Equal(0, flood.Responses);
        Assert.Equal(2, known.Responses);

        Shard.Advance(TimeSpan.FromMilliseconds(150));
        flood.Check();
        Assert.Equal(1, flood.Responses);
    }

    [Fact]
    public void A_handshake_on_another_thread_is_taken_up_when_it_wakes_the_shard()
    {
        SimulatedPeer peer = Prepare();
        peer.Check();
        peer.Send([22, 1, 1, 1]);
        Assert.False(peer.IsConnected);

        Shard.Dtls.Find(peer.Session.RemoteFingerprint)!.Complete();
        Assert.Equal(1, Shard.Wakes);
        Shard.Poll();
        Shard.Pump();

        Assert.True(peer.IsConnected);
        Assert.Single(Shard.EventsOf<TransportConnected>());
    }

    [Fact]
    public void Too_many_handshakes_are_counted_and_end_the_transport_after_a_while()
    {
        SimulatedPeer peer = Prepare();
        peer.Check();
        Shard.Dtls.IsFull = true;

        for (int i = 0; i < 20; i++)
            peer.Handshake();

        Assert.True(Shard.Drops(DropReason.DtlsRefused) >= 16);
        Assert.Equal(TransportCloseReason.HandshakeFailed, Assert.Single(Shard.EventsOf<TransportClosed>()).Reason);
    }

    [Fact]
    public void A_flood_of_dtls_by_a_validated_peer_is_read_so_far_and_no_further()
    {
        SimulatedPeer peer = Prepare();
        peer.Check();

        for (int i = 0; i < DtlsAssociation.MaximumFed + 100; i++)
            peer.Send([22, 1, 1, 1]);
        peer.Handshake();

        Assert.Equal(101, Shard.Drops(DropReason.DtlsRefused));
        Assert.False(peer.IsConnected);
        Shard.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(TransportCloseReason.NeverConnected, Assert.Single(Shard.EventsOf<TransportClosed>()).Reason);
    }

    [Fact]
    public void A_transport_that_never_connects_ends_after_15_s()
    {
        SimulatedPeer peer = Prepare();

        Shard.Advance(TimeSpan.FromSeconds(14.9));
        Assert.Empty(Shard.EventsOf<TransportClosed>());
        Shard.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(TransportCloseReason.NeverConnected, Assert.Single(Shard.EventsOf<TransportClosed>()).Reason);
        peer.Check();
        Assert.Equal(0, peer.Responses);
    }

    [Fact]
    public void Close_notify_ends_a_transport_at_once()
    {
        SimulatedPeer peer = _meeting.View("ada", audio: 1, video: 0);

        peer.Close();

        Assert.Equal(TransportCloseReason.PeerClosed, Assert.Single(Shard.EventsOf<TransportClosed>()).Reason);
        Assert.True(Shard.Dtls.Find(peer.Session.RemoteFingerprint)!.IsDisposed);
    }

    [Fact]
    public void Consent_without_checks_runs_out_after_30_s()
    {
        SimulatedPeer peer = _meeting.View("ada", audio: 1, video: 0);
        Shard.Advance(TimeSpan.FromSeconds(20));
        peer.Check();
        Shard.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(Shard.EventsOf<TransportClosed>());

        Shard.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TransportCloseReason.ConsentExpired, Assert.Single(Shard.EventsOf<TransportClosed>()).Reason);
    }

    [Fact]
    public void Media_follows_the_peer_to_another_address()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);
        ada.Audio.Send();

        viewer.MoveTo(TransportAddress.FromBytes([10, 77, 0, 1], 4444));
        viewer.Check();
        ada.Audio.Send();

        Assert.Equal(2, viewer.AudioPackets().Length);
    }

    [Fact]
    public void An_ice_restart_takes_new_credentials_and_keeps_the_streams()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);
        ada.Audio.Send();
        viewer.Session = viewer.Session with
        {
            LocalUfrag = "restart1",
            LocalPassword = "a new local password..",
            RemoteUfrag = "restart2",
            RemotePassword = "a new remote password.",
        };

        Shard.Command(new RenegotiateTransport(viewer.Transport, viewer.Session, new Dictionary<string, SourceKind>()));
        viewer.MoveTo(TransportAddress.FromBytes([10, 77, 0, 2], 4444));
        viewer.Check();
        ada.Audio.Send();

        Assert.Equal(2, viewer.AudioPackets().Length);
        Assert.Equal(1, (ushort)(viewer.Rtp[1].Sequence - viewer.Rtp[0].Sequence));
    }

    [Fact]
    public void A_peer_cannot_take_over_an_address_that_another_uses()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);
        TransportAddress victim = viewer.Address;
        SimulatedPeer mallory = Prepare();
        mallory.MoveTo(victim);

        mallory.Check();
        Shard.Attach(viewer);
        ada.Audio.Send();

        Assert.Equal(1, Shard.Drops(DropReason.AddressTaken));
        Assert.Equal(0, mallory.Responses);
        Assert.Single(viewer.AudioPackets());
    }

    [Fact]
    public void The_bound_of_transports_refuses_with_an_event()
    {
        var meeting = new TestMeeting(new ShardSettings { MaximumTransports = 1 });
        meeting.Prepare("ada", new SessionBuilder(meeting.Shard.Entropy).AudioSlots(1));

        SimulatedPeer second = meeting.Prepare("bob", new SessionBuilder(meeting.Shard.Entropy).AudioSlots(1));

        Assert.Equal(1, meeting.Shard.Drops(DropReason.CommandRefused));
        Assert.Equal(second.Transport, Assert.Single(meeting.Shard.EventsOf<TransportClosed>()).Transport);
    }

    private SimulatedPeer Prepare() => _meeting.Prepare("eve", new SessionBuilder(Shard.Entropy).AudioSlots(1));
}
