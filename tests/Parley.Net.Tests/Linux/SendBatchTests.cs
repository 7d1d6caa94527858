using System.Text;
using Parley.Net.Linux;

namespace Parley.Net.Tests.Linux;

public sealed class SendBatchTests : IDisposable
{
    private readonly FakeKernel _kernel = new();
    private readonly LoopCounters _counters = new();
    private readonly SendBatch<FakeSendCalls> _batch;

    public SendBatchTests() => _batch = new(new FakeSendCalls(_kernel), isIPv6: false, SendMethod.Segmented, _counters);

    public void Dispose() => _batch.Dispose();

    [Fact]
    public void Runs_hold_equal_lengths_and_a_shorter_last_of_one_destination()
    {
        foreach (string text in new[] { "aaaa", "bbbb", "cc", "dddd", "eeee", "ffffff" })
        {
            Send(1, text);
            Send(2, text);
        }

        _batch.Flush();
        Assert.Equal([3, 2, 1, 3, 2, 1], _kernel.Runs);
        Assert.Equal(["aaaa", "bbbb", "cc", "dddd", "eeee", "ffffff"], SentTo(1));
        Assert.Equal(["aaaa", "bbbb", "cc", "dddd", "eeee", "ffffff"], SentTo(2));
        Assert.Equal(12, _counters.DatagramsSent);
        Assert.Equal(48, _counters.BytesSent);
        Assert.Equal(4, _counters.SegmentedRuns);
        Assert.Equal(1, _counters.SendCalls);
    }

    [Fact]
    public void A_run_stays_within_what_the_kernel_takes()
    {
        for (int i = 0; i < 130; i++)
            Send(1, new string('x', 1400));
        for (int i = 0; i < 130; i++)
            Send(2, "y");
        for (int i = 0; i < 3; i++)
            Send(3, new string('z', 1500));
        _batch.Flush();
        Assert.Equal([46, 46, 38, 64, 64, 2, 1, 1, 1], _kernel.Runs);
    }

    [Fact]
    public void What_an_EAGAIN_leaves_is_kept_in_order_and_bounded()
    {
        int room = 10;
        _kernel.OnMany = (_, _) => room-- > 0 ? 0 : Errno.TryAgain;
        var expected = new List<string>();
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            string text = $"{i:0000}{new string('.', i % 3)}";
            if (Send(1, text))
                expected.Add(text);
            else
                refused++;
        }

        Assert.True(_batch.IsCongested);
        Assert.Equal(3000 - refused, expected.Count);
        // The queue, and one more queue that went out or stayed at the first flush.
        Assert.InRange(expected.Count, SendQueue.MaximumDatagrams, 2 * SendQueue.MaximumDatagrams);
        Assert.Equal(refused, DropCount(ShellDropReason.Congested));
        room = int.MaxValue;
        _batch.Flush();
        Assert.False(_batch.IsCongested);
        Assert.Equal(expected, SentTo(1));
    }

    [Fact]
    public void Datagrams_committed_while_congested_follow_the_kept_ones()
    {
        bool isOpen = false;
        _kernel.OnMany = (_, _) => isOpen ? 0 : Errno.TryAgain;
        Send(1, "a");
        Send(2, "b");
        _batch.Flush();
        Send(2, "c");
        Send(1, "d");
        _batch.Flush();
        Assert.Empty(_kernel.Sent);
        isOpen = true;
        Send(1, "e");
        _batch.Flush();
        Assert.Equal(["a", "d", "e"], SentTo(1));
        Assert.Equal(["b", "c"], SentTo(2));
    }

    [Fact]
    public void An_abandoned_backlog_is_counted_and_the_batch_goes_on()
    {
        bool isOpen = false;
        _kernel.OnMany = (_, _) => isOpen ? 0 : Errno.TryAgain;
        Send(1, "aa");
        Send(1, "bb");
        Send(2, "c");
        _batch.Flush();
        _batch.Abandon();
        Assert.Equal(3, DropCount(ShellDropReason.Congested));
        isOpen = true;
        Send(1, "d");
        _batch.Flush();
        Assert.Equal(["d"], _kernel.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public void A_refused_run_goes_out_singly_and_a_kernel_that_refuses_all_is_not_asked_again()
    {
        int asked = 0;
        _kernel.OnMany = (isRun, _) =>
        {
            asked += isRun ? 1 : 0;
            return isRun ? Errno.Invalid : 0;
        };
        for (int turn = 0; turn < 40; turn++)
        {
            Send(1, "aa");
            Send(1, "bb");
            _batch.Flush();
        }

        Assert.Equal(80, _kernel.Sent.Count);
        Assert.Equal(["aa", "bb"], SentTo(1).Take(2));
        Assert.Equal(SendMethod.Batched, _batch.Method);
        Assert.Equal(16, asked);
        Assert.Equal(16, _counters.SegmentationRefusals);
    }

    [Fact]
    public void One_path_that_refuses_runs_does_not_take_them_from_the_others()
    {
        _kernel.OnMany = (isRun, text) => isRun && text[0] == 'x' ? Errno.Invalid : 0;
        for (int turn = 0; turn < 40; turn++)
        {
            Send(1, "xx");
            Send(1, "xx");
            Send(2, "yy");
            Send(2, "yy");
            _batch.Flush();
        }

        Assert.Equal(SendMethod.Segmented, _batch.Method);
        Assert.Equal(160, _kernel.Sent.Count);
    }

    [Fact]
    public void A_kernel_without_the_batched_call_is_served_singly_for_good()
    {
        int asked = 0;
        _kernel.OnMany = (_, _) =>
        {
            asked++;
            return Errno.NotImplemented;
        };
        for (int i = 0; i < 3; i++)
        {
            Send(1, "a");
            Send(1, "b");
            _batch.Flush();
        }

        Assert.Equal(1, asked);
        Assert.Equal(SendMethod.Single, _batch.Method);
        Assert.Equal(["a", "b", "a", "b", "a", "b"], SentTo(1));
    }

    [Fact]
    public void A_refused_destination_costs_its_own_datagrams_only()
    {
        _kernel.OnMany = (_, text) => text == "b" ? Errno.NetworkUnreachable : text == "c" ? 1 : 0;
        Send(1, "a");
        Send(2, "b");
        Send(3, "c");
        Send(4, "d");
        _batch.Flush();
        Assert.Equal(["a", "d"], _kernel.Sent.Select(sent => sent.Text));
        Assert.Equal(1, DropCount(ShellDropReason.Unroutable));
        Assert.Equal(1, DropCount(ShellDropReason.SendFailed));
    }

    [Fact]
    public void A_pending_ICMP_error_does_not_cost_a_datagram()
    {
        int errors = 1;
        _kernel.OnMany = (_, _) => errors-- > 0 ? Errno.ConnectionRefused : 0;
        Send(1, "a");
        Send(2, "b");
        _batch.Flush();
        Assert.Equal(["a", "b"], _kernel.Sent.Select(sent => sent.Text));
        Assert.Equal(1, _counters.IcmpErrors);
    }

    [Fact]
    public void An_interrupted_call_is_made_again()
    {
        int interruptions = 3;
        _kernel.OnMany = (_, _) => interruptions-- > 0 ? Errno.Interrupted : 0;
        Send(1, "a");
        _batch.Flush();
        Assert.Equal(["a"], SentTo(1));
    }

    [Fact]
    public void A_datagram_that_is_reserved_and_not_committed_is_forgotten()
    {
        Encoding.ASCII.GetBytes("lost", _batch.Reserve(4));
        Send(1, "kept");
        _batch.Flush();
        Assert.Equal(["kept"], _kernel.Sent.Select(sent => sent.Text));
    }

    [Fact]
    public void Too_long_a_datagram_and_a_foreign_family_are_dropped_with_their_reason()
    {
        Assert.True(_batch.Reserve(2049).IsEmpty);
        Assert.True(_batch.Reserve(-1).IsEmpty);
        _batch.Reserve(1);
        _batch.Commit(TransportAddress.From(IPAddress.IPv6Loopback, 1), 1);
        _batch.Flush();
        Assert.Empty(_kernel.Sent);
        Assert.Equal(2, DropCount(ShellDropReason.Oversize));
        Assert.Equal(1, DropCount(ShellDropReason.Unroutable));
    }

    private bool Send(ushort port, string text)
    {
        Span<byte> room = _batch.Reserve(text.Length);
        if (room.IsEmpty)
            return false;
        Encoding.ASCII.GetBytes(text, room);
        _batch.Commit(TransportAddress.From(IPAddress.Loopback, port), text.Length);
        return true;
    }

    private IEnumerable<string> SentTo(ushort port) => _kernel.Sent.Where(sent => sent.Port == port).Select(sent => sent.Text);

    private long DropCount(ShellDropReason reason) => _counters.Snapshot(0).Drops.GetValueOrDefault(reason);
}
