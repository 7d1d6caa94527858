using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;
using Parley.Simulation;

namespace Parley.Sfu.Tests;

/// <summary>A room on a simulated shard, and people who join it.</summary>
internal sealed class TestMeeting
{
    private long _nextTransport = 1;

    public TestMeeting(ShardSettings? settings = null, SimulatedShard? shard = null, long room = 1)
    {
        Shard = shard ?? new SimulatedShard(settings: settings);
        Room = new RoomId(room);
        _nextTransport = room * 1000;
        Shard.Command(new OpenRoom(Room));
    }

    public SimulatedShard Shard { get; }

    public RoomId Room { get; }

    public SimulatedPeer Join(string participant, SessionBuilder media, SubscriptionMode mode = SubscriptionMode.Automatic, string? subject = null) =>
        Prepare(participant, media, mode, subject).Connect();

    public SimulatedPeer Prepare(string participant, SessionBuilder media, SubscriptionMode mode = SubscriptionMode.Automatic, string? subject = null) =>
        new(Shard, Room, _nextTransport++, participant, media, mode, subject);

    public TestPublisher Publish(string participant, params string[] rids)
    {
        var media = new SessionBuilder(Shard.Entropy);
        string audio = media.PublishAudio();
        string video = media.PublishVideo(rids);
        return new TestPublisher(Join(participant, media), audio, video, rids);
    }

    public SimulatedPeer View(string participant, int audio, int video, SubscriptionMode mode = SubscriptionMode.Automatic, string? subject = null) =>
        Join(participant, new SessionBuilder(Shard.Entropy).AudioSlots(audio).VideoSlots(video), mode, subject);

    public void Wish(SimulatedPeer viewer, params (string Participant, int Height)[] wishes) => Shard.Command(new SetView(
        viewer.Transport, [.. wishes.Select(wish => new SourceWish(new SourceId(wish.Participant, SourceKind.Camera), wish.Height))]));
}
