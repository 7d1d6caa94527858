using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Transports;

/// <summary>The initiating side of a transport's ICE: checks all addresses of the peer at once; the first that answers is used, and only its consent is kept from then on.</summary>
public sealed class IceInitiator : IDisposable
{
    /// <summary>The most addresses checked.</summary>
    public const int MaximumAddresses = 8;

    private readonly ConnectivityChecker[] _checkers;
    private ConnectivityChecker? _selected;

    /// <summary>Makes an initiator whose first checks are due now.</summary>
    public IceInitiator(TransportSettings settings, IEntropy entropy, MonotonicTime now) =>
        _checkers = [.. settings.RemoteAddresses.Take(MaximumAddresses)
            .Select(address => new ConnectivityChecker(settings.Local, settings.Remote, address, entropy, now))];

    /// <summary>The address that answered; null before.</summary>
    public TransportAddress? Selected => _selected?.Candidate;

    /// <summary>Where the selected pair stands.</summary>
    public IceState State => _selected?.State ?? IceState.Checking;

    /// <summary>The round trip of the last answered check; zero before.</summary>
    public TimeSpan RoundTrip => _selected?.RoundTrip ?? TimeSpan.Zero;

    /// <summary>When checks are due.</summary>
    public MonotonicTime NextDeadline
    {
        get
        {
            if (_selected is not null)
                return _selected.NextDeadline;
            MonotonicTime next = MonotonicTime.Never;
            foreach (ConnectivityChecker checker in _checkers)
                next = MonotonicTime.Earlier(next, checker.NextDeadline);
            return next;
        }
    }

    /// <summary>Takes a STUN message from the peer; false when it is no answer to a check of ours.</summary>
    public bool TryHandleResponse(ReadOnlySpan<byte> datagram, in TransportAddress source, MonotonicTime now)
    {
        foreach (ConnectivityChecker checker in _checkers)
        {
            if (checker.Candidate != source || checker.HandleDatagram(datagram, source, now, default).Outcome != IceCheckOutcome.ResponseAccepted)
                continue;
            _selected ??= checker;
            return true;
        }

        return false;
    }

    /// <summary>Sends the checks that are due.</summary>
    public void SendChecks<TSink>(MonotonicTime now, ShardTraffic traffic, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_selected is not null)
        {
            Send(_selected, now, traffic, ref sink);
            return;
        }

        foreach (ConnectivityChecker checker in _checkers)
            Send(checker, now, traffic, ref sink);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ConnectivityChecker checker in _checkers)
            checker.Dispose();
    }

    private static void Send<TSink>(ConnectivityChecker checker, MonotonicTime now, ShardTraffic traffic, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (checker.NextDeadline > now)
            return;
        Span<byte> check = stackalloc byte[StunConstants.MaximumLength];
        int length = checker.TryWriteCheck(now, check);
        if (length == 0)
            return;
        Span<byte> room = sink.Reserve(length);
        if (room.Length < length)
        {
            traffic.Drops.Count(DropReason.SinkFull);
            return;
        }

        check[..length].CopyTo(room);
        sink.Commit(checker.Candidate, length);
        traffic.Sent(length);
    }
}
