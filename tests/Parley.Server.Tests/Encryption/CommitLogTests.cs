using Parley.Server.Encryption;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Tests.Encryption;

public class CommitLogTests
{
    private readonly CommitLog _log = new();

    [Fact]
    public void Tells_what_came_since_or_that_it_does_not_know()
    {
        for (long epoch = 0; epoch < 40; epoch++)
            _log.Add(new GroupCommit(1, epoch, "p", "c"));
        Assert.Empty(_log.Since(40, 40)!);
        Assert.Equal([38L, 39L], _log.Since(38, 40)!.Select(static commit => commit.Epoch));
        Assert.Equal(DeliveryLimits.LogLength, _log.Since(40 - DeliveryLimits.LogLength, 40)!.Length);
        Assert.Null(_log.Since(39 - DeliveryLimits.LogLength, 40));
        Assert.Null(_log.Since(41, 40));
        _log.Clear();
        Assert.Null(_log.Since(39, 40));
    }

    [Fact]
    public void Large_commits_make_room_sooner()
    {
        string large = new('c', DeliveryLimits.LogSize / 3);
        for (long epoch = 0; epoch < 5; epoch++)
            _log.Add(new GroupCommit(1, epoch, "p", large));
        Assert.Equal(3, _log.Since(2, 5)!.Length);
        Assert.Null(_log.Since(1, 5));
    }
}
