using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>A stream so dense that its numbers wrap on both hops while packets are lost: rollover counters of sender and receiver stay in step (RFC 3711 section 3.3.1).</summary>
public sealed class WrapTests
{
    private const int SeedCount = 4;

    // 500 frames a second of 1 to 4 packets: 2^16 of them in 52 s.
    private static readonly VideoSettings Dense = new() { Layers = [new("", 360, 6, 4)], FrameRate = 500, PayloadLength = 60 };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public void Numbers_wrap_on_both_hops_under_loss() => Seeds.Run(SeedCount, (world, problems) =>
    {
        LinkSettings link = LinkSettings.Clean with { Loss = 0.01, MeanBurst = TimeSpan.FromMilliseconds(3), Reordering = 0.01, ReorderingDelay = TimeSpan.FromMilliseconds(5) };
        world.Join(People.Publisher(world, "ada", Dense, link));
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, link));
        world.Run(Long);
        People.Heal(world);
        world.Run(TimeSpan.FromSeconds(1));
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        receiver.Finish();
        problems.Unless(receiver.Audit.Packets > 65_536, $"{receiver.Name}: only {receiver.Audit.Packets} packets came");
        problems.Unless(receiver.Viewer.LongestGapUntil(world.Now) < TimeSpan.FromSeconds(1), $"{receiver.Name}: frozen for {receiver.Viewer.LongestGap.TotalMilliseconds} ms");
    });
}
