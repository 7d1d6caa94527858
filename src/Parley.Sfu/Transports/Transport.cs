using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Rtc.Stun;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Transports;

/// <summary>
/// One peer connection's pipe: ICE (lite, or initiating towards another shard), DTLS and SRTP. It knows addresses and keys, and nothing of what the packets carry.
/// </summary>
/// <remarks>
/// <code>
/// state      | input                                  | next
/// Connecting | the handshake gave keys                | Connected
/// Connecting | the handshake failed                   | ended: HandshakeFailed
/// Connecting | the time for connecting is over        | ended: NeverConnected
/// Connected  | no check of the selected pair for 30 s | ended: ConsentExpired
/// Connected  | close_notify                           | ended: PeerClosed
/// </code>
/// </remarks>
public sealed class Transport : IDisposable
{
    private readonly ShardTraffic _traffic;
    private readonly IceLiteAgent _ice;
    private readonly IceInitiator? _initiator;
    private readonly DtlsAssociation _dtls;
    private readonly MonotonicTime _connectUntil;
    private readonly int _maximumStreams;
    private TransportAddress _destination;
    private TransportAddress _dtlsSource;

    /// <summary>Makes a transport that waits for its peer's first check, or whose first checks are due.</summary>
    public Transport(TransportSettings settings, IDtlsEndpointFactory dtls, Action activity, ShardTraffic traffic, IEntropy entropy, MonotonicTime now)
    {
        _traffic = traffic;
        _ice = new IceLiteAgent(settings.Local, settings.Remote, now);
        _initiator = settings.Initiates ? new IceInitiator(settings, entropy, now) : null;
        _dtls = new DtlsAssociation(dtls, settings.Initiates ? DtlsRole.Client : DtlsRole.Server, settings.RemoteFingerprint, activity);
        _connectUntil = now + settings.ConnectingTime;
        _maximumStreams = settings.MaximumStreams;
    }

    /// <summary>The keys' two halves; null before the handshake is finished.</summary>
    public SrtpSession? Srtp { get; private set; }

    /// <summary>Bytes received in datagrams since the start.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Bytes sent in SRTP and SRTCP since the start.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Datagrams received since the start.</summary>
    public long PacketsReceived { get; private set; }

    /// <summary>SRTP and SRTCP datagrams sent since the start.</summary>
    public long PacketsSent { get; private set; }

    /// <summary>The round trip by the last check that we sent; zero when we wait for the peer's.</summary>
    public TimeSpan RoundTrip => _initiator?.RoundTrip ?? TimeSpan.Zero;

    /// <summary>Where media goes: the pair the peer nominated last.</summary>
    public ref readonly TransportAddress Destination => ref _destination;

    /// <summary>Whether media may be sent: there are keys, a nominated pair and consent.</summary>
    public bool CanSend { get; private set; }

    /// <summary>When <see cref="HandleTimeout"/> is to be called.</summary>
    public MonotonicTime NextDeadline => Srtp is null ? MonotonicTime.Earlier(_connectUntil, IceDeadline) : IceDeadline;

    private IceState IceState => _initiator?.State ?? _ice.State;

    private MonotonicTime IceDeadline => _initiator?.NextDeadline ?? _ice.NextDeadline;

    /// <summary>Whether an authenticated check, or an authenticated answer to one of ours, came from <paramref name="source"/>.</summary>
    public bool IsValidated(in TransportAddress source) => _initiator is null ? _ice.IsValidated(source) : _initiator.Selected == source;

    /// <summary>Whether <paramref name="source"/> is the pair in use, with fresh consent.</summary>
    public bool IsUsing(in TransportAddress source) => IceState == IceState.Connected && Selected == source;

    private TransportAddress? Selected => _initiator is null ? _ice.Selected : _initiator.Selected;

    /// <summary>Takes a check and writes its response to <paramref name="response"/>.</summary>
    public IceCheckResult HandleCheck(in StunMessage message, in TransportAddress source, MonotonicTime now, Span<byte> response)
    {
        IceCheckResult result = _ice.HandleCheck(message, source, now, response);
        UpdateDestination();
        return result;
    }

    /// <summary>Takes a STUN message that may answer a check of ours; false when it does not.</summary>
    public bool TryHandleResponse(ReadOnlySpan<byte> datagram, in TransportAddress source, MonotonicTime now)
    {
        if (_initiator is null || !_initiator.TryHandleResponse(datagram, source, now))
            return false;
        UpdateDestination();
        return true;
    }

    /// <summary>Sends the checks that are due, and once one was answered begins the handshake; nothing for a transport that waits.</summary>
    public void Initiate<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_initiator is null)
            return;
        _initiator.SendChecks(now, _traffic, ref sink);
        UpdateDestination();
        if (_initiator.Selected is not { } selected || Srtp is not null)
            return;
        _dtlsSource = selected;
        _dtls.Begin(_initiator.RoundTrip);
    }

    /// <summary>Counts a received datagram.</summary>
    public void Received(int length)
    {
        BytesReceived += length;
        PacketsReceived++;
    }

    /// <summary>Takes a DTLS datagram from a validated address; <see cref="PollDtls"/> sends the answer.</summary>
    public void FeedDtls(ReadOnlySpan<byte> datagram, in TransportAddress source)
    {
        _dtlsSource = source;
        if (!_dtls.TryFeed(datagram))
            _traffic.Drops.Count(DropReason.DtlsRefused);
    }

    /// <summary>Moves the handshake on: sends, and takes the keys when they are there. True when the transport has just got its keys.</summary>
    public bool PollDtls<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_dtlsSource != default)
            _dtls.Flush(_dtlsSource, _traffic, ref sink);
        if (Srtp is not null || _dtls.Keys is not { } keys)
            return false;
        Srtp = new SrtpSession(keys, _maximumStreams);
        UpdateDestination();
        return true;
    }

    /// <summary>Notes an authentic SRTP packet.</summary>
    public void Confirm() => _dtls.Confirm();

    /// <summary>Lets time pass.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        _ice.HandleTimeout(now);
        UpdateDestination();
    }

    /// <summary>Why the transport has ended by itself; null while it has not.</summary>
    public TransportEnd? EndAt(MonotonicTime now) => _dtls.State switch
    {
        DtlsState.Closed => TransportEnd.PeerClosed,
        DtlsState.Failed => TransportEnd.HandshakeFailed,
        _ when Srtp is null => now >= _connectUntil ? TransportEnd.NeverConnected : null,
        _ => IceState == IceState.Disconnected ? TransportEnd.ConsentExpired : null,
    };

    /// <summary>Begins an ICE restart: keys, addresses and streams stay.</summary>
    public void RestartIce(NegotiatedSession session, MonotonicTime now) =>
        _ice.Restart(new IceCredentials(session.LocalUfrag, session.LocalPassword), new IceCredentials(session.RemoteUfrag, session.RemotePassword), now);

    /// <summary>Sends a response to where a check came from.</summary>
    public void SendResponse<TSink>(ReadOnlySpan<byte> response, in TransportAddress source, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> room = sink.Reserve(response.Length);
        if (room.Length < response.Length)
        {
            _traffic.Drops.Count(DropReason.SinkFull);
            return;
        }

        response.CopyTo(room);
        sink.Commit(source, response.Length);
        _traffic.Sent(response.Length);
    }

    /// <summary>Reads what sending reads; see <see cref="Slots.Slot.Touch"/>.</summary>
    public long Touch()
    {
        Srtp?.Outbound.Touch();
        return BytesSent + _destination.Port;
    }

    /// <summary>Encrypts the RTP packet in a reserved datagram and sends it.</summary>
    public void SendRtp<TSink>(Span<byte> datagram, int headerLength, int length, long extendedSequence, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        int total = Srtp!.Outbound.ProtectRtp(datagram, headerLength, length, extendedSequence);
        Commit(total, ref sink);
    }

    /// <summary>Encrypts an RTCP compound and sends it.</summary>
    public void SendRtcp<TSink>(ReadOnlySpan<byte> compound, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!CanSend || compound.IsEmpty)
            return;
        Span<byte> room = sink.Reserve(compound.Length + Srtp!.Outbound.RtcpOverhead);
        if (room.IsEmpty)
        {
            _traffic.Drops.Count(DropReason.SinkFull);
            return;
        }

        compound.CopyTo(room);
        int total = Srtp.Outbound.ProtectRtcp(room, compound.Length);
        if (total > 0)
            Commit(total, ref sink);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CanSend = false;
        _ice.Dispose();
        _initiator?.Dispose();
        _dtls.Dispose();
        Srtp?.Dispose();
        Srtp = null;
    }

    private void Commit<TSink>(int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        sink.Commit(_destination, length);
        BytesSent += length;
        PacketsSent++;
        _traffic.Sent(length);
    }

    private void UpdateDestination()
    {
        if (Selected is { } selected)
            _destination = selected;
        CanSend = Srtp is not null && IceState == IceState.Connected;
    }
}
