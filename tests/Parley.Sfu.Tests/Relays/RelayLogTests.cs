using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Relays;

namespace Parley.Sfu.Tests.Relays;

public sealed class RelayLogTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(40);

    private readonly RelayLog _log = new(new RelayRevision());
    private MonotonicTime _now = MonotonicTime.FromMilliseconds(1000);

    [Fact]
    public void Nothing_is_due_before_something_changed()
    {
        Assert.False(_log.IsBehind);
        Assert.Equal(MonotonicTime.Never, _log.DueAt);
        Assert.Null(_log.After(_log.Birth));
    }

    [Fact]
    public void A_change_is_due_at_once_and_then_again_ever_more_slowly()
    {
        _log.Touch(RelayChange.Gone(1), _now);
        Assert.Equal(_now, _log.DueAt);
        TimeSpan before = TimeSpan.Zero;
        for (int i = 0; i < 8; i++)
        {
            _log.Tell(_log.Version, RoundTrip, _now);
            TimeSpan pause = _log.DueAt - _now;
            Assert.True(pause >= before);
            before = pause;
            _now = _log.DueAt;
        }

        Assert.Equal(RelayTiming.SlowestRepeat, before);
    }

    [Fact]
    public void What_was_never_told_is_due_when_the_rest_is_acknowledged()
    {
        _log.Touch(RelayChange.Gone(1), _now);
        _log.Tell(_log.Version, RoundTrip, _now);
        uint told = _log.Version;
        _log.Touch(RelayChange.Gone(2), _now);
        _log.Acknowledge(told, _now);
        Assert.True(_log.IsBehind);
        Assert.Equal(_now, _log.DueAt);
        _log.Acknowledge(_log.Version, _now);
        Assert.False(_log.IsBehind);
        Assert.Equal(MonotonicTime.Never, _log.DueAt);
    }

    [Fact]
    public void Versions_that_were_never_given_are_not_believed()
    {
        _log.Touch(RelayChange.Gone(1), _now);
        _log.Acknowledge(_log.Version + 1, _now);
        _log.Acknowledge(_log.Birth - 1, _now);
        Assert.True(_log.IsBehind);
    }

    [Fact]
    public void Born_again_it_forgets_goodbyes_and_what_was_acknowledged()
    {
        _log.Touch(RelayChange.Gone(1), _now);
        _log.Tell(_log.Version, RoundTrip, _now);
        uint before = _log.Version;
        _log.Reborn(_now);
        Assert.True(_log.Birth > before);
        Assert.False(_log.IsBehind);
        Assert.False(_log.HasSpoken);
    }

    /// <summary>Whatever is lost, repeated or overtaken: what the other end applied by the rules is what there is, once it says so.</summary>
    [Fact]
    public void The_other_end_comes_to_the_same_state_over_any_network() => Gen.Select(Gen.Int[0, 6], Gen.UInt[1, 5]).Array[1, 200].Sample(steps =>
    {
        var log = new RelayLog(new RelayRevision());
        var things = new Dictionary<uint, RelayChange>();
        var state = new Dictionary<uint, uint>();
        var network = new List<(uint From, uint To, List<(uint Handle, uint Version)> Changes)>();
        var other = new Dictionary<uint, uint>();
        uint applied = log.Birth;
        foreach ((int what, uint handle) in steps)
        {
            switch (what)
            {
                case < 3:
                    if (!things.TryGetValue(handle, out RelayChange? thing))
                        things[handle] = thing = RelayChange.Gone(handle);
                    log.Touch(thing, default);
                    state[handle] = thing.Version;
                    break;
                case 3:
                    network.Add(Tell(log));
                    break;
                case 4 when network.Count > 0:
                    Deliver(network[(int)(handle % network.Count)], other, ref applied);
                    break;
                case 5 when network.Count > 0:
                    network.RemoveAt((int)(handle % network.Count));
                    break;
                default:
                    log.Acknowledge(applied, default);
                    break;
            }
        }

        for (int i = 0; i < steps.Length && applied != log.Version; i++)
        {
            log.Acknowledge(applied, default);
            Deliver(Tell(log), other, ref applied);
        }

        Assert.Equal(log.Version, applied);
        Assert.Equal(state.OrderBy(pair => pair.Key), other.OrderBy(pair => pair.Key));
    });

    private static (uint From, uint To, List<(uint Handle, uint Version)> Changes) Tell(RelayLog log)
    {
        var changes = new List<(uint, uint)>();
        for (RelayChange? change = log.After(log.Acknowledged); change is not null && changes.Count < 3; change = Next(log, change))
            changes.Add((change.Handle, change.Version));
        uint to = changes.Count == 0 ? log.Version : changes[^1].Item2;
        log.Tell(to, default, default);
        return (log.Acknowledged, changes.Count < 3 ? log.Version : to, changes);
    }

    private static RelayChange? Next(RelayLog log, RelayChange change) => log.After(change.Version);

    private static void Deliver((uint From, uint To, List<(uint Handle, uint Version)> Changes) message, Dictionary<uint, uint> other, ref uint applied)
    {
        if (message.To <= applied || message.From > applied)
            return;
        foreach ((uint handle, uint version) in message.Changes)
            other[handle] = version;
        applied = message.To;
    }
}
