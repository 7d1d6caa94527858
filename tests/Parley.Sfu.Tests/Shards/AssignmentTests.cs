using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class AssignmentTests
{
    private readonly TestMeeting _meeting = new();

    private SimulatedShard Shard => _meeting.Shard;

    [Fact]
    public void With_no_more_speakers_than_slots_all_are_heard()
    {
        TestPublisher[] people = [_meeting.Publish("ada"), _meeting.Publish("bob"), _meeting.Publish("cem")];
        SimulatedPeer viewer = _meeting.View("dot", audio: 3, video: 0);

        Speak(people, [127, 127, 127], rounds: 1);

        Assert.Equal(3, viewer.AudioPackets().Select(packet => packet.Ssrc).Distinct().Count());
    }

    [Fact]
    public void Only_the_loudest_are_heard_and_those_that_stay_keep_their_slot()
    {
        TestPublisher[] people = [.. Enumerable.Range(0, 5).Select(i => _meeting.Publish($"p{i}"))];
        SimulatedPeer viewer = _meeting.View("dot", audio: 2, video: 0);
        Speak(people, [20, 22, 90, 90, 90], rounds: 30);
        Assert.Equal(["p0", "p1"], Heard(viewer));
        uint slotOfFirst = LastSsrcOf(viewer, 0);

        Speak(people, [20, 90, 90, 90, 10], rounds: 60);

        Assert.Equal(["p0", "p4"], Heard(viewer));
        Assert.Equal(slotOfFirst, LastSsrcOf(viewer, 0));
    }

    [Fact]
    public void Nobody_hears_their_own_voice()
    {
        var media = new SessionBuilder(Shard.Entropy);
        string mid = media.PublishAudio();
        SimulatedPeer ada = _meeting.Join("ada", media.AudioSlots(3));
        var voice = new OpusSource(ada, mid, 55);

        for (int i = 0; i < 20; i++)
            voice.Send(level: 10);

        Assert.Empty(ada.Rtp);
    }

    [Fact]
    public void Those_in_a_place_of_the_loudest_hear_as_many_others_as_the_rest()
    {
        var media = new SessionBuilder(Shard.Entropy);
        string mid = media.PublishAudio();
        SimulatedPeer ada = _meeting.Join("ada", media.AudioSlots(2));
        var voice = new OpusSource(ada, mid, 55);
        TestPublisher[] others = [_meeting.Publish("bob"), _meeting.Publish("cem"), _meeting.Publish("dot")];

        for (int i = 0; i < 30; i++)
        {
            voice.Send(level: 10);
            Speak(others, [20, 20, 100], rounds: 1);
        }

        Assert.Equal(["bob", "cem"], Heard(ada));
    }

    [Fact]
    public void Wishes_fill_the_slots_in_order_and_a_kept_one_keeps_its_slot()
    {
        TestPublisher[] people = [_meeting.Publish("ada"), _meeting.Publish("bob"), _meeting.Publish("cem")];
        SimulatedPeer viewer = _meeting.View("dot", audio: 0, video: 2, SubscriptionMode.Wishes);
        _meeting.Wish(viewer, ("ada", 100), ("bob", 100), ("cem", 100));
        Show(people);
        Assert.Equal(["ada", "bob"], Shown(viewer));
        string? slotOfBob = MidOf(viewer, "bob");

        _meeting.Wish(viewer, ("cem", 100), ("bob", 100));
        Show(people);

        Assert.Equal(["bob", "cem"], Shown(viewer));
        Assert.Equal(slotOfBob, MidOf(viewer, "bob"));

        _meeting.Wish(viewer);
        Assert.Empty(Shown(viewer));
    }

    [Fact]
    public void Automatic_pictures_are_of_those_who_spoke_last()
    {
        TestPublisher[] people = [_meeting.Publish("ada"), _meeting.Publish("bob"), _meeting.Publish("cem")];
        SimulatedPeer viewer = _meeting.View("dot", audio: 0, video: 1);
        Show(people);
        Assert.Equal(["ada"], Shown(viewer));

        Speak(people, [127, 127, 20], rounds: 100);
        Show(people);

        Assert.Equal(["cem"], Shown(viewer));
        SpeakersChanged speakers = Shard.EventsOf<SpeakersChanged>()[^1];
        Assert.Equal("cem", speakers.Dominant);
        Assert.Equal(["cem"], speakers.Audible);
    }

    [Fact]
    public void A_player_of_one_participant_gets_its_tracks_and_nothing_else()
    {
        TestPublisher[] people = [_meeting.Publish("ada"), _meeting.Publish("bob")];
        SimulatedPeer viewer = _meeting.View("dot", audio: 1, video: 1, SubscriptionMode.Participant, "bob");

        Speak(people, [10, 90], rounds: 20);
        Show(people);

        Assert.Equal(["bob"], Shown(viewer));
        Assert.All(viewer.AudioPackets(), packet => Assert.Equal(1, packet.Payload[^1]));
    }

    [Fact]
    public void A_new_transport_of_a_participant_takes_its_source_over_at_its_first_packet()
    {
        TestPublisher before = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        before.Video.Send(isKeyFrame: true, tag: 1);

        TestPublisher after = _meeting.Publish("ada");
        before.Video.Send(tag: 2);
        after.Video.Send(isKeyFrame: true, tag: 3);
        before.Video.Send(tag: 4);
        Shard.Advance(TimeSpan.FromMilliseconds(150));
        after.Video.Send(isKeyFrame: true, tag: 5);
        Shard.Command(new CloseTransport(before.Peer.Transport));
        after.Video.Send(tag: 6);

        Assert.Equal([1, 2, 3, 5, 6], viewer.VideoPackets().Select(packet => (int)packet.Payload[^1]));
        Assert.Single(Shard.EventsOf<SlotChanged>());
        Assert.Empty(Shard.EventsOf<SourceStopped>());
        Assert.True(Shard.Drops(DropReason.Superseded) >= 1);
    }

    [Fact]
    public void A_source_that_stops_empties_its_slot()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);

        ada.Peer.Close();

        Assert.Equal(new SourceId("ada", SourceKind.Camera), Assert.Single(Shard.EventsOf<SourceStopped>()).Source);
        Assert.Empty(Shown(viewer));
        Assert.Equal(Shard.Pool.Capacity, Shard.Pool.Available);
    }

    [Fact]
    public void A_re_offer_adds_slots_and_keeps_those_that_exist()
    {
        TestPublisher[] people = [_meeting.Publish("ada"), _meeting.Publish("bob")];
        SimulatedPeer viewer = _meeting.View("dot", audio: 0, video: 1);
        Show(people);
        ReceivedRtp first = viewer.VideoPackets()[^1];
        var more = new SessionBuilder(Shard.Entropy).VideoSlots(2).Build(viewer.Session.RemoteFingerprint);
        viewer.Session = viewer.Session with { Media = [viewer.Session.Media[0], more.Media[1]] };

        Shard.Command(new RenegotiateTransport(viewer.Transport, viewer.Session, new Dictionary<string, SourceKind>()));
        Show(people);

        Assert.Equal(["ada", "bob"], Shown(viewer));
        ReceivedRtp next = viewer.VideoPackets().SkipWhile(packet => packet != first).Skip(1).First(packet => packet.Ssrc == first.Ssrc);
        Assert.Equal(1, (ushort)(next.Sequence - first.Sequence));
    }

    private void Speak(TestPublisher[] people, byte[] levels, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (byte i = 0; i < people.Length; i++)
                people[i].Audio.Send(levels[i], i);
            Shard.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    private void Show(TestPublisher[] people)
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (TestPublisher person in people)
                person.Video.Send(isKeyFrame: true);
            Shard.Advance(TimeSpan.FromMilliseconds(120));
        }
    }

    private string[] Heard(SimulatedPeer viewer) => Assigned(viewer, SourceKind.Microphone);

    private string[] Shown(SimulatedPeer viewer) => Assigned(viewer, SourceKind.Camera);

    private string[] Assigned(SimulatedPeer viewer, SourceKind kind) =>
    [
        .. Latest(viewer).Values.Where(source => source?.Kind == kind).Select(source => source!.Value.Participant).Order(),
    ];

    private string? MidOf(SimulatedPeer viewer, string participant) =>
        Latest(viewer).First(entry => entry.Value?.Participant == participant).Key;

    private Dictionary<string, SourceId?> Latest(SimulatedPeer viewer)
    {
        Dictionary<string, SourceId?> latest = [];
        foreach (SlotChanged changed in Shard.EventsOf<SlotChanged>().Where(changed => changed.Transport == viewer.Transport))
            latest[changed.Mid] = changed.Source;
        return latest;
    }

    private static uint LastSsrcOf(SimulatedPeer viewer, int tag) => viewer.AudioPackets().Last(packet => packet.Payload[^1] == tag).Ssrc;
}
