using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Shards;

public sealed class ShardHostEventTests
{
    public static TheoryData<ShellKind> ShellKinds => Shells.All;

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_reader_that_does_not_read_loses_statistics_and_nothing_else(ShellKind shell)
    {
        int handled = 0;
        var engine = new ScriptedEngine
        {
            OnCommand = (self, command) =>
            {
                self.Tell(command is ReportStatistics ? Statistics : new TransportConnected(default, default));
                Volatile.Write(ref handled, handled + 1);
            },
        };
        await using ShardHost host = Shells.Start(Shells.On(shell) with { EventCapacity = 16 }, (_, _) => engine);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(host.Post(new OpenRoom(default)));
            Assert.True(host.Post(new ReportStatistics()));
        }

        // Nobody reads, and all commands are carried out all the same.
        await Until.True(() => Volatile.Read(ref handled) == 200);
        int connected = 0;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (connected < 100)
        {
            if (await host.Events.ReadAsync(timeout.Token) is TransportConnected)
                connected++;
        }

        Assert.InRange(host.Counters.StatisticsDropped, 1, 100);
    }

    private static StatisticsReported Statistics => new(new ShardStatistics
    {
        Rooms = 0,
        DatagramsReceived = 0,
        DatagramsSent = 0,
        BytesReceived = 0,
        BytesSent = 0,
        Drops = new Dictionary<string, long>(),
        Transports = [],
    });
}
