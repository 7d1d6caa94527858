using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>Networks that carry nothing for a while, or too little.</summary>
public sealed class OutageTests
{
    private const int SeedCount = 50;

    private static readonly LinkSettings Dead = LinkSettings.Clean with { Loss = 0.999999, MeanBurst = TimeSpan.FromHours(1) };
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(5);

    // libwebrtc asks for a key frame when it could decode nothing for 3 s; the rest is two round trips.
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(3.5);

    [Fact]
    public void A_subscribers_picture_comes_back_after_an_outage() =>
        Seeds.Run(SeedCount, (world, problems) => PlayOutage(world, problems, ofPublisher: false));

    [Fact]
    public void A_publishers_picture_comes_back_after_an_outage() =>
        Seeds.Run(SeedCount, (world, problems) => PlayOutage(world, problems, ofPublisher: true));

    [Fact]
    public void Who_vanishes_is_closed_when_consent_runs_out() => Seeds.Run(SeedCount, (world, problems) =>
    {
        (Peer publisher, Peer subscriber) = Meet(world, LinkSettings.Clean);
        Peer gone = world.Entropy.Happens(0.5) ? publisher : subscriber;
        world.Vanish(gone);
        world.Run(TimeSpan.FromSeconds(37));
        bool closed = world.Events.OfType<TransportClosed>().Any(closed => closed.Transport == gone.Transport && closed.Reason == TransportCloseReason.ConsentExpired);
        problems.Unless(closed, $"{gone.Settings.Name} was not closed");
        if (gone == publisher)
            problems.Unless(subscriber.VideoReceivers[0].Names.Current is null, $"the slot of who has gone is not empty");
    });

    [Fact]
    public void A_full_queue_ahead_of_a_subscriber_costs_others_nothing() => Seeds.Run(SeedCount, (world, problems) =>
    {
        (_, Peer narrow) = Meet(world, LinkSettings.Clean);
        Peer wide = world.Join(People.Subscriber("wide", 1, 1, LinkSettings.Clean));
        world.Run(Start);
        // Less than half of what is sent to it.
        narrow.Downlink.Settings = LinkSettings.Clean with { Rate = 30_000 };
        wide.VideoReceivers[0].Viewer.ForgetGaps();
        world.Run(LongestOutage);
        Viewer viewer = wide.VideoReceivers[0].Viewer;
        problems.Unless(viewer.LongestGapUntil(world.Now) < TimeSpan.FromMilliseconds(300), $"wide: frozen for {viewer.LongestGap.TotalMilliseconds} ms");
        narrow.Downlink.Settings = LinkSettings.Clean;
        world.Run(BackWithin);
        JudgeBack(narrow, world.Now, problems);
    });

    private static void PlayOutage(World world, Problems problems, bool ofPublisher)
    {
        (Peer publisher, Peer subscriber) = Meet(world, LinkSettings.Clean);
        Peer struck = ofPublisher ? publisher : subscriber;
        struck.Uplink.Settings = struck.Downlink.Settings = Dead;
        world.Run(world.Entropy.NextDuration(LongestOutage));
        struck.Uplink.Settings = struck.Downlink.Settings = LinkSettings.Clean;
        world.Run(BackWithin);
        JudgeBack(subscriber, world.Now, problems);
    }

    private static void JudgeBack(Peer subscriber, MonotonicTime now, Problems problems)
    {
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        problems.Unless(now - receiver.Viewer.LastAt < TimeSpan.FromMilliseconds(300), $"{receiver.Name}: nothing seen since {receiver.Viewer.LastAt}");
        problems.Unless(now - subscriber.AudioReceivers[0].LastAt < TimeSpan.FromMilliseconds(200), $"nothing heard since {subscriber.AudioReceivers[0].LastAt}");
    }

    private static (Peer Publisher, Peer Subscriber) Meet(World world, LinkSettings link)
    {
        Peer publisher = world.Join(People.Publisher(world, "ada", VideoSettings.Single, link));
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, link));
        world.Run(Start);
        return (publisher, subscriber);
    }
}
