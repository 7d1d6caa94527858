using System.Diagnostics.CodeAnalysis;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Relays;

/// <summary>What a shard does for its relay links: hands datagrams, timeouts and handshakes to the link that they belong to.</summary>
public sealed class RelayDispatcher
{
    private readonly RoomContext _context;
    private readonly RelayPacketIntake _packets;
    private readonly RelayControlIntake _control;

    /// <summary>Makes the dispatcher of one shard.</summary>
    public RelayDispatcher(RoomContext context, RelayRegistry registry, PacketIntake packets)
    {
        _context = context;
        Registry = registry;
        _packets = new RelayPacketIntake(context, packets);
        _control = new RelayControlIntake(context);
    }

    /// <summary>The links.</summary>
    public RelayRegistry Registry { get; }

    /// <summary>The link that is touched just now, for whoever contains a fault; null when none is.</summary>
    public RelayLink? Current { get; private set; }

    /// <summary>The room that is touched just now; null when none is.</summary>
    public Room? CurrentRoom
    {
        get => _control.Current;
        private set => _control.Current = value;
    }

    /// <summary>Forgets what was touched before.</summary>
    public void Begin()
    {
        Current = null;
        CurrentRoom = null;
    }

    /// <summary>Takes an SRTP packet; false when its address belongs to no link.</summary>
    public bool TryHandleRtp<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!TryEnter(meta.Source, length, out RelayLink? link))
            return false;
        Span<byte> bytes = _context.Pool.Bytes(slot)[..length];
        if (_packets.Open(link, bytes, meta.Arrival, out RtpHeaderView header) is not { } stream)
            return true;
        CurrentRoom = stream.Inlet.Row.Room;
        _packets.Take(stream, slot, bytes, header, meta.Arrival, ref sink);
        return true;
    }

    /// <summary>Takes an SRTCP datagram; false when its address belongs to no link.</summary>
    public bool TryHandleRtcp<TSink>(in DatagramMeta meta, Span<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!TryEnter(meta.Source, datagram.Length, out RelayLink? link))
            return false;
        if (!_control.Handle(link, datagram, meta.Arrival, ref sink))
            Registry.Close(link, RelayCloseReason.PeerClosed, meta.Arrival);
        return true;
    }

    /// <summary>Takes a DTLS datagram; false when its address belongs to no link, or no check has validated it.</summary>
    public bool TryHandleDtls<TSink>(in DatagramMeta meta, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!TryEnter(meta.Source, datagram.Length, out RelayLink? link) || !link.Transport.IsValidated(meta.Source))
            return false;
        link.Transport.FeedDtls(datagram, meta.Source);
        MoveHandshake(link, meta.Arrival, ref sink);
        return true;
    }

    /// <summary>Takes a STUN message that may answer a check of ours; false when it does not.</summary>
    public bool TryHandleResponse<TSink>(in DatagramMeta meta, ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!TryEnter(meta.Source, datagram.Length, out RelayLink? link) || !link.Transport.TryHandleResponse(datagram, meta.Source, meta.Arrival))
            return false;
        // The handshake begins at once.
        HandleTimeout(link, meta.Arrival, ref sink);
        return true;
    }

    /// <summary>Notes an authenticated check that came for a link.</summary>
    public void OnChecked(RelayLink link, in TransportAddress source, TransportAddress? forgotten)
    {
        Enter(link);
        if (forgotten is { } old)
            Registry.Release(old, link);
        Registry.Claim(source, link);
    }

    /// <summary>Moves a handshake on that was worked on elsewhere.</summary>
    public void PollDtls<TSink>(RelayLink link, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (link.IsClosed)
            return;
        Enter(link);
        MoveHandshake(link, now, ref sink);
    }

    /// <summary>Does what is due on a link. Afterwards its deadline is later than <paramref name="now"/>.</summary>
    public void HandleTimeout<TSink>(RelayLink link, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (link.IsClosed)
            return;
        Enter(link);
        link.Transport.HandleTimeout(now);
        if (CloseIfEnded(link, now))
            return;
        link.Transport.Initiate(now, ref sink);
        MonotonicTime next = MonotonicTime.Earlier(link.Transport.NextDeadline, now + RelayTiming.ConnectingPause);
        if (link.Transport.CanSend)
        {
            RelayReporter.HandleTimeout(link, now, ref sink);
            next = MonotonicTime.Earlier(link.Transport.NextDeadline, RelayReporter.NextDeadline(link));
            next = MonotonicTime.Earlier(next, link.HeardAt + RelayTiming.Silence);
        }

        // A deadline always moves on, whatever failed to.
        MonotonicTime earliest = now + RelayTiming.MinimumPause;
        Registry.Deadlines.Set(link.Timer, next > earliest ? next : earliest);
    }

    private void Enter(RelayLink link)
    {
        Current = link;
        CurrentRoom = null;
    }

    private bool TryEnter(in TransportAddress source, int length, [NotNullWhen(true)] out RelayLink? link)
    {
        link = Registry.FindByAddress(source);
        if (link is null)
            return false;
        Enter(link);
        link.Transport.Received(length);
        return true;
    }

    private void MoveHandshake<TSink>(RelayLink link, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (link.Transport.PollDtls(ref sink))
        {
            link.HeardAt = now;
            link.Reports.NextReport = now;
            link.WakeBy(now);
            _context.Events.Add(new RelayLinkConnected(link.Id));
        }

        CloseIfEnded(link, now);
    }

    private bool CloseIfEnded(RelayLink link, MonotonicTime now)
    {
        if (ReasonAt(link, now) is not { } reason)
            return false;
        Registry.Close(link, reason, now);
        return true;
    }

    private static RelayCloseReason? ReasonAt(RelayLink link, MonotonicTime now) => link.Transport.EndAt(now) switch
    {
        TransportEnd.PeerClosed => RelayCloseReason.PeerClosed,
        TransportEnd.HandshakeFailed => RelayCloseReason.HandshakeFailed,
        TransportEnd.NeverConnected => RelayCloseReason.NeverConnected,
        TransportEnd.ConsentExpired => RelayCloseReason.Silent,
        _ => link.Transport.Srtp is not null && now - link.HeardAt >= RelayTiming.Silence ? RelayCloseReason.Silent : null,
    };
}
