using System.Net;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Linux;

/// <summary>
/// A shard's loop on Linux: waits with epoll for its socket, its eventfd or the next deadline; receives batches until a short one; carries out commands and timeouts; sends what came of it.
/// Allocates nothing itself.
/// </summary>
internal sealed class LinuxShardLoop<TEngine> : IShardLoop
    where TEngine : IShardEngine
{
    private const ulong SocketKey = 0;
    private const ulong WakeKey = 1;

    // Bounds on receiving in one turn, so that a flood keeps neither commands nor timers waiting.
    private const int BatchesPerTurn = 16;
    private static readonly TimeSpan ReceivingPerTurn = TimeSpan.FromMilliseconds(2);

    private readonly LinuxUdpSocket _socket;
    private readonly EventFdWake _wakePort;
    private readonly EpollSet _epoll = new(capacity: 2);
    private readonly ReceiveBatch _receive;
    private readonly SendBatch<LinuxSendCalls> _send;
    private readonly LoopDriver<TEngine> _driver;
    private readonly GatherPause _gather;
    private bool _mayGather;
    private bool _watchesWritable;
    private uint _overflows;

    /// <summary>Takes over an open socket and wake-up, and starts nothing yet.</summary>
    public LinuxShardLoop(LinuxUdpSocket socket, EventFdWake wakePort, WakeLatch wake, PacketPool pool, SendMethod method, GatherPause gather, LoopCounters counters, LoopDriver<TEngine> driver)
    {
        _socket = socket;
        _wakePort = wakePort;
        _driver = driver;
        _gather = gather;
        Wake = wake;
        Counters = counters;
        _receive = new ReceiveBatch(pool, counters);
        if (method == SendMethod.Segmented && !socket.CanSegment)
            method = SendMethod.Batched;
        _send = new SendBatch<LinuxSendCalls>(new LinuxSendCalls(socket.Descriptor), socket.IsIPv6, method, counters);
        _epoll.Add(socket.Descriptor, LinuxConstants.EpollIn, SocketKey);
        _epoll.Add(wakePort.Descriptor, LinuxConstants.EpollIn, WakeKey);
    }

    /// <inheritdoc />
    public IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    /// <inheritdoc />
    public LoopCounters Counters { get; }

    /// <inheritdoc />
    public WakeLatch Wake { get; }

    /// <inheritdoc />
    public void Run(StopFlag stop)
    {
        var sink = new LinuxSink(_send);
        bool hasMore = false;
        MonotonicTime lookedAt = _driver.Now;
        while (!stop.IsRaised)
        {
            MonotonicTime until = hasMore ? MonotonicTime.Zero : _driver.NextWake(_driver.Now);
            bool isReadable = Wait(until, ref lookedAt) || hasMore;
            hasMore = isReadable && Receive(ref sink);
            _driver.RunTurn(ref sink);
            _send.Flush();
            WatchWritable(_send.IsCongested);
        }

        _driver.Finish(ref sink);
        _send.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _epoll.Dispose();
        _wakePort.Dispose();
        _socket.Dispose();
        _receive.Dispose();
        _send.Dispose();
    }

    private bool Wait(MonotonicTime until, ref MonotonicTime lookedAt)
    {
        MonotonicTime before = _driver.Now;
        Counters.Gap(before - lookedAt);
        int ready = _epoll.Wait(WaitTime.Milliseconds(until, before));
        MonotonicTime after = _driver.Now;
        Counters.Gap(WaitTime.Lateness(before, until, after));
        lookedAt = after;
        bool isReadable = false;
        for (int i = 0; i < ready; i++)
        {
            if (_epoll.Key(i) == WakeKey)
            {
                _wakePort.Clear();
                Wake.Reset();
            }
            else
            {
                // An error is taken by receiving, too.
                isReadable |= (_epoll.Ready(i) & ~LinuxConstants.EpollOut) != 0;
            }
        }

        _mayGather = isReadable && _gather.IsWorthwhile(after - before);
        return isReadable;
    }

    // True when the turn's bound was met before the socket was empty.
    private bool Receive(ref LinuxSink sink)
    {
        MonotonicTime end = _driver.Now + ReceivingPerTurn;
        for (int batch = 0; batch < BatchesPerTurn; batch++)
        {
            bool isFull = ReceiveBatchOnce(ref sink, out MonotonicTime arrival);
            if (batch > 0 && !isFull)
                CountOverflows();
            if (!isFull)
                return false;
            if (arrival > end)
                break;
        }

        CountOverflows();
        return true;
    }

    // True when the batch was full, so that more may be there. An idle loop waits for the rest of what came, unless that ends a frame.
    private bool ReceiveBatchOnce(ref LinuxSink sink, out MonotonicTime arrival)
    {
        int received = ReceiveOnce(ref sink, out arrival, out bool endsFrame);
        if (_mayGather && !endsFrame && received is > 0 and < ReceiveBatch.Size)
        {
            _gather.Pause();
            received = ReceiveOnce(ref sink, out arrival, out _);
        }

        _mayGather = false;
        _driver.EndBatch(ref sink);
        return received == ReceiveBatch.Size;
    }

    private int ReceiveOnce(ref LinuxSink sink, out MonotonicTime arrival, out bool endsFrame)
    {
        int received = _receive.Receive(_socket);
        arrival = _driver.Now;
        endsFrame = received > 0 && _receive.EndsFrame(received - 1);
        for (int i = 0; i < received; i++)
        {
            if (_receive.TryGet(i, out TransportAddress source, out int slot, out int length))
                _driver.HandleDatagram(new DatagramMeta(source, arrival), slot, length, ref sink);
            _receive.Rebind(i);
        }

        return received;
    }

    // A buffer that overflowed held more than a batch: turns that receive less need not ask.
    private void CountOverflows()
    {
        uint overflows = _socket.Overflows;
        if (overflows == _overflows)
            return;
        Counters.Drop(ShellDropReason.SocketFull, unchecked(overflows - _overflows));
        _overflows = overflows;
    }

    private void WatchWritable(bool wanted)
    {
        if (wanted == _watchesWritable)
            return;
        _watchesWritable = wanted;
        _epoll.Modify(_socket.Descriptor, LinuxConstants.EpollIn | (wanted ? LinuxConstants.EpollOut : 0), SocketKey);
    }
}
