using System.Collections.Concurrent;
using Parley.Server.Encryption;
using Parley.Server.Encryption.Events;
using Parley.Server.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Signalling;

public class EventOutboxTests
{
    private readonly ConcurrentQueue<(string Name, object Argument)> _sent = new();
    private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Events_keep_their_order()
    {
        EventOutbox outbox = new((name, argument) =>
        {
            _sent.Enqueue((name, argument));
            return Task.CompletedTask;
        });
        for (int i = 0; i < 100; i++)
        {
            outbox.Send("n", i);
            outbox.Send(new GroupMessage(1, i, "p", "m"));
        }

        await Eventually.IsAsync(() => _sent.Count == 200, "all were sent");
        Assert.Equal(Enumerable.Range(0, 100), _sent.Where(static one => one.Name == "n").Select(static one => (int)one.Argument));
        Assert.Equal(Enumerable.Range(0, 100), _sent.Select(static one => one.Argument).OfType<GroupMessage>().Select(static one => (int)one.Epoch));
    }

    [Fact]
    public async Task A_slow_connection_loses_the_group_and_is_told_once()
    {
        EventOutbox outbox = new(SendSlowly);
        outbox.Send("first", 0);
        await Eventually.IsAsync(() => !_sent.IsEmpty, "the first is on its way");
        for (int i = 0; i < DeliveryLimits.OutboxLength + 50; i++)
            outbox.Send(new GroupMessage(9, i, "p", "m"));
        outbox.Send("last", 0);
        _slow.SetResult();
        await Eventually.IsAsync(() => _sent.Any(static one => one.Name == "last"), "the rest was sent");
        Assert.Equal(["first", "mlsLost", "last"], _sent.Select(static one => one.Name));

        outbox.Reopen();
        outbox.Send(new GroupMessage(9, 1, "p", "m"));
        await Eventually.IsAsync(() => _sent.Any(static one => one.Name == "mlsMessage"), "the group is told of again");
    }

    [Fact]
    public async Task Large_events_are_too_many_sooner()
    {
        EventOutbox outbox = new(SendSlowly);
        outbox.Send("first", 0);
        await Eventually.IsAsync(() => !_sent.IsEmpty, "the first is on its way");
        for (int i = 0; i < 5; i++)
            outbox.Send(new GroupCommit(9, i, "p", new string('c', 1024 * 1024)));
        _slow.SetResult();
        await Eventually.IsAsync(() => _sent.Count == 2, "it was told");
        Assert.Equal("mlsLost", _sent.Last().Name);
    }

    private Task SendSlowly(string name, object argument)
    {
        _sent.Enqueue((name, argument));
        return _slow.Task;
    }
}
