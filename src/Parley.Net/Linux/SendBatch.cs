using Parley.Net.Loops;
using Parley.Rtc.Primitives;

namespace Parley.Net.Linux;

/// <summary>
/// Collects a turn's datagrams and sends them with as few system calls as the kernel allows: runs to one destination as one message that the kernel cuts (GSO), all messages with
/// <c>sendmmsg</c>, or one by one with <c>sendto</c>. What a kernel refuses is not tried again. Never waits: when the kernel takes no more, what is queued stays, in order,
/// until the socket is writable; when the queue is full too, datagrams are dropped and counted.
/// </summary>
internal sealed unsafe class SendBatch<TCalls> : IDisposable
    where TCalls : struct, ISendCalls
{
    // A run may be refused for its path alone (a small MTU); a kernel or card that cannot cut refuses every run.
    private const int RefusalsInARow = 16;

    // What is sent while it still lies in the processor's cache costs less, and the first of a room's subscribers do not wait for the last. Some runs of a frame's packets.
    private const int PaceAt = 64;

    private readonly SendQueue _queue;
    private readonly LoopCounters _counters;
    private readonly TCalls _calls;
    private SendMethod _method;
    private int _next;
    private int _refusals;

    /// <summary>Makes a batch for a socket of this family.</summary>
    public SendBatch(TCalls calls, bool isIPv6, SendMethod method, LoopCounters counters)
    {
        _calls = calls;
        _counters = counters;
        _queue = new SendQueue(isIPv6);
        UseMethod(method);
    }

    /// <summary>How datagrams are sent now.</summary>
    public SendMethod Method => _method;

    /// <summary>Whether the kernel took no more at the last try, so that the loop should wait for the socket to be writable.</summary>
    public bool IsCongested { get; private set; }

    /// <summary>Room for a datagram; empty when it must be dropped.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_queue.HasRoom(length) && (uint)length <= SendQueue.MaximumLength)
            return _queue.Room(length);
        return ReserveSlowly(length);
    }

    /// <summary>Takes the datagram in the room.</summary>
    public void Commit(in TransportAddress destination, int length)
    {
        if (!_queue.TryCommit(in destination, length))
            _counters.Drop(ShellDropReason.Unroutable);
    }

    /// <summary>Sends what is queued if it is enough to be worth a system call; between two destinations, whose runs stay whole.</summary>
    public void Pace()
    {
        if (_queue.Count >= PaceAt && !IsCongested)
            Flush();
    }

    /// <summary>Sends what is queued, as far as the kernel takes it.</summary>
    public void Flush()
    {
        IsCongested = false;
        if (_queue.HasUnbuilt)
            _queue.Build();
        while (_next < _queue.MessageCount)
        {
            bool goesOn = _method == SendMethod.Single ? TrySendSingly(_queue.Messages + _next) : TrySendMany();
            if (goesOn)
                continue;
            IsCongested = true;
            return;
        }

        _queue.Reset();
        _next = 0;
    }

    /// <summary>Drops and counts what the kernel did not take at the last <see cref="Flush"/>.</summary>
    public void Abandon()
    {
        for (; _next < _queue.MessageCount; _next++)
            _counters.Drop(ShellDropReason.Congested, (long)_queue.Messages[_next].VectorCount);
        _queue.Reset();
        _next = 0;
        IsCongested = false;
    }

    /// <inheritdoc />
    public void Dispose() => _queue.Dispose();

    private void UseMethod(SendMethod method)
    {
        _method = method;
        _queue.LongestRun = method == SendMethod.Segmented ? SegmentLimits.MaximumRun : 1;
    }

    private Span<byte> ReserveSlowly(int length)
    {
        if ((uint)length > SendQueue.MaximumLength)
        {
            _counters.Drop(ShellDropReason.Oversize);
            return default;
        }

        // While congested the kernel is asked once a turn, not once a datagram.
        if (!IsCongested)
            Flush();
        if (_queue.HasRoom(length))
            return _queue.Room(length);
        _counters.Drop(ShellDropReason.Congested);
        return default;
    }

    private bool TrySendMany()
    {
        _counters.SendCalls++;
        int sent = _calls.SendMany(_queue.Messages + _next, _queue.MessageCount - _next);
        if (sent <= 0)
            return TryRecover(-sent);
        for (MultiMessage* message = _queue.Messages + _next, end = message + sent; message < end; message++)
            CountSent(message);
        _next += sent;
        return true;
    }

    private void CountSent(MultiMessage* message)
    {
        _counters.DatagramsSent += (long)message->VectorCount;
        _counters.BytesSent += message->Length;
        if (message->ControlLength == 0)
            return;
        _counters.SegmentedRuns++;
        _refusals = 0;
    }

    // The first message failed: what is to become of it? False: nothing can be sent now.
    private bool TryRecover(int error)
    {
        MultiMessage* message = _queue.Messages + _next;
        switch (error)
        {
            case Errno.TryAgain:
                return false;
            case Errno.Interrupted:
                return true;
            case Errno.ConnectionRefused:
                // A pending ICMP error of an earlier datagram; this one was not tried yet.
                _counters.IcmpErrors++;
                return TrySendSingly(message);
            case Errno.NotImplemented:
                UseMethod(SendMethod.Single);
                return true;
        }

        if (message->ControlLength == 0)
        {
            DropMessage(message, error);
            return true;
        }

        _counters.SegmentationRefusals++;
        if (error != Errno.Invalid || ++_refusals >= RefusalsInARow)
            UseMethod(SendMethod.Batched);
        return TrySendSingly(message);
    }

    private bool TrySendSingly(MultiMessage* message)
    {
        message->ControlLength = 0;
        while (message->VectorCount > 0)
        {
            _counters.SendCalls++;
            int sent = _calls.SendOne(message->Vectors, message->Name, message->NameLength);
            if (sent == -Errno.TryAgain)
                return false;
            if (sent == -Errno.Interrupted)
                continue;
            if (sent == -Errno.ConnectionRefused)
            {
                _counters.IcmpErrors++;
                sent = _calls.SendOne(message->Vectors, message->Name, message->NameLength);
            }

            if (sent < 0)
            {
                _counters.Drop(Reason(-sent));
            }
            else
            {
                _counters.DatagramsSent++;
                _counters.BytesSent += sent;
            }

            message->Vectors++;
            message->VectorCount--;
        }

        _next++;
        return true;
    }

    private void DropMessage(MultiMessage* message, int error)
    {
        _counters.Drop(Reason(error), (long)message->VectorCount);
        _next++;
    }

    private static ShellDropReason Reason(int error) => error switch
    {
        Errno.AddressFamilyNotSupported or Errno.NetworkUnreachable or Errno.HostUnreachable => ShellDropReason.Unroutable,
        _ => ShellDropReason.SendFailed,
    };
}
