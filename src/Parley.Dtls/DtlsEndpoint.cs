using Org.BouncyCastle.Tls;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Dtls;

/// <summary>
/// One DTLS 1.2 association. Its handshake runs on a thread of its own, which ends with it; afterwards a datagram of the peer (its last flight again, an alert)
/// is handled on the reviver's thread, shared by all. <see cref="Dispose"/> is quiet: it sends no close_notify, for nobody would take it from the queue any more.
/// </summary>
/// <remarks>
/// | state | happening | next |
/// | Handshaking | both Finished seen | Connected, with keys |
/// | Handshaking | alert, wrong certificate, no common profile, timeout | Failed |
/// | Connected | close_notify, or an authentic fatal alert | Closed |
/// | Connected | damaged or forged records | Connected |
/// </remarks>
public sealed class DtlsEndpoint : IDtlsEndpoint
{
    // A record that holds an alert has 39 bytes.
    private const int MaximumAlertDatagram = 128;
    private const int MaximumRevivedDatagrams = 8;

    private readonly DatagramQueues _queues;
    private readonly HandshakeContext _handshake;
    private readonly DtlsReviver _reviver;
    private readonly DtlsRole _role;
    private readonly Action<DtlsEndpoint> _ended;
    private DtlsTransport? _association;
    private SrtpKeys? _keys;
    private int _state = (int)DtlsState.Handshaking;
    private int _failure;
    private int _reviveQueued;
    private volatile bool _confirmed;
    private volatile bool _deaf;
    private volatile bool _disposed;

    internal DtlsEndpoint(DtlsRole role, DatagramQueues queues, HandshakeContext handshake, DtlsReviver reviver, Action<DtlsEndpoint> ended)
    {
        _role = role;
        _queues = queues;
        _handshake = handshake;
        _reviver = reviver;
        _ended = ended;
    }

    /// <inheritdoc />
    public DtlsState State => (DtlsState)Volatile.Read(ref _state);

    /// <inheritdoc />
    public SrtpKeys? Keys => Volatile.Read(ref _keys);

    /// <summary>Why the handshake failed; <see cref="DtlsFailure.None"/> while it has not.</summary>
    public DtlsFailure Failure => (DtlsFailure)Volatile.Read(ref _failure);

    /// <summary>Whether datagrams of the peer wait to be handled.</summary>
    internal bool HasIncoming => _queues.HasIncoming;

    /// <inheritdoc />
    public void Feed(ReadOnlySpan<byte> datagram)
    {
        if (State is DtlsState.Closed or DtlsState.Failed || !IsUseful(datagram) || !_queues.Offer(datagram))
            return;

        // Read after the datagram is queued: the handshake's thread looks at the queue once more after it has written the state.
        if (State == DtlsState.Connected)
            QueueRevival();
    }

    /// <inheritdoc />
    public bool TryGetOutgoing(Span<byte> destination, out int length) => _queues.TryTake(destination, out length);

    /// <inheritdoc />
    /// <remarks>From now on only alerts are handled: the association itself (about 15 kB) stays, for close_notify is the fastest sign that a peer left.</remarks>
    public void Confirm()
    {
        // Called for every authentic packet.
        if (!_confirmed && State == DtlsState.Connected)
            _confirmed = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        _queues.Dispose();
    }

    /// <summary>The body of the handshake's thread; never throws.</summary>
    internal void RunHandshake()
    {
        DtlsFailure failure = Handshake();
        _queues.EndHandshake();
        Volatile.Write(ref _failure, (int)failure);
        if (failure == DtlsFailure.None)
            Volatile.Write(ref _keys, _handshake.Keys);
        Interlocked.Exchange(ref _state, (int)(failure == DtlsFailure.None ? DtlsState.Connected : DtlsState.Failed));
        _ended(this);
        if (failure == DtlsFailure.None && _queues.HasIncoming)
            QueueRevival();
        if (!_disposed)
            _queues.Notify();
    }

    /// <summary>Lets the library see what came after the handshake; on the reviver's thread; never throws.</summary>
    internal void Revive()
    {
        Interlocked.Exchange(ref _reviveQueued, 0);
        if (_association is null || _disposed)
            return;
        ReceiveLate(_association);
        if (_handshake.Closed)
        {
            _association = null;
            _queues.ClearIncoming();
            if (Interlocked.Exchange(ref _state, (int)DtlsState.Closed) != (int)DtlsState.Closed && !_disposed)
                _queues.Notify();
        }
        else if (_association is null)
        {
            _queues.ClearIncoming();
        }
        else if (_queues.HasIncoming)
        {
            // Behind the others that wait.
            QueueRevival();
        }
    }

    private void ReceiveLate(DtlsTransport association)
    {
        Span<byte> unused = stackalloc byte[DatagramQueues.ReceiveLimit];
        try
        {
            for (int i = 0; i < MaximumRevivedDatagrams && _queues.HasIncoming && !_handshake.Closed; i++)
                association.Receive(unused, 1);
        }
#pragma warning disable CA1031 // Whatever the library makes of hostile bytes costs this association its alerts, not the process; SRTP goes on.
        catch (Exception)
#pragma warning restore CA1031
        {
            _association = null;
            _deaf = true;
        }
    }

    private DtlsFailure Handshake()
    {
        try
        {
            _association = _role == DtlsRole.Server
                ? new DtlsServerProtocol { VerifyRequests = false }.Accept(new ServerPeer(_handshake), _queues)
                : new DtlsClientProtocol().Connect(new ClientPeer(_handshake), _queues);
            return _handshake.Keys is null ? DtlsFailure.Protocol : DtlsFailure.None;
        }
        catch (TlsTimeoutException) when (!_disposed)
        {
            return DtlsFailure.TimedOut;
        }
#pragma warning disable CA1031 // The library throws many kinds on hostile bytes; each ends this handshake and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return _disposed ? DtlsFailure.Disposed
                : _queues.IsExpired ? DtlsFailure.TimedOut
                : _handshake.Failure != DtlsFailure.None ? _handshake.Failure
                : error is TlsFatalAlertReceived ? DtlsFailure.AlertReceived : DtlsFailure.Protocol;
        }
    }

    // After the handshake: handshake and ChangeCipherSpec records until the peer has our last flight, alerts always; never application data.
    private bool IsUseful(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length == 0 || _deaf)
            return false;
        if (State == DtlsState.Handshaking)
            return true;
        return datagram[0] switch
        {
            (byte)ContentType.alert => datagram.Length <= MaximumAlertDatagram,
            (byte)ContentType.change_cipher_spec or (byte)ContentType.handshake => !_confirmed,
            _ => false,
        };
    }

    private void QueueRevival()
    {
        if (Interlocked.Exchange(ref _reviveQueued, 1) == 0)
            _reviver.Enqueue(this);
    }
}
