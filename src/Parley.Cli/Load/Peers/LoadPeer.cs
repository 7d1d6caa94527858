using Parley.Cli.Load.Signalling;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Transports;

namespace Parley.Cli.Load.Peers;

/// <summary>
/// One participant of a load run, without sockets, clock or threads: connects as the controlling side, then publishes its video source or measures what it receives.
/// </summary>
public sealed class LoadPeer : IDisposable
{
    private const int MaximumDatagram = 1_500;
    private const int MaximumStreams = 256;

    private readonly ConnectivityChecker _ice;
    private readonly IDtlsEndpointFactory _dtlsFactory;
    private readonly RemotePeer _remote;
    private readonly Action _wake;
    private readonly VideoPublisher? _publisher;
    private readonly StreamReceiver? _receiver;
    private readonly MonotonicTime _began;
    private IDtlsEndpoint? _dtls;
    private SrtpOutbound? _outbound;
    private SrtpInbound? _inbound;

    /// <summary>Makes a peer whose first check is due at <paramref name="now"/>. It publishes, receives, or both.</summary>
    public LoadPeer(LocalPeer local, RemotePeer remote, IDtlsEndpointFactory dtls, IEntropy entropy, VideoPublisher? publisher, StreamReceiver? receiver, Action wake, MonotonicTime now)
    {
        _ice = new(new(local.Ufrag, local.Password), new(remote.Ufrag, remote.Password), remote.Address, entropy, now);
        _dtlsFactory = dtls;
        _remote = remote;
        _wake = wake;
        _publisher = publisher;
        _receiver = receiver;
        _began = now;
    }

    /// <summary>Time from the start to keys; null while connecting.</summary>
    public TimeSpan? JoinTime { get; private set; }

    /// <summary>Why it cannot connect; null as long as it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the handshake is under way: then <see cref="HandleTimeout"/> has datagrams to move at any moment.</summary>
    public bool Handshaking => _dtls is not null && _outbound is null && Failure is null;

    /// <summary>When <see cref="HandleTimeout"/> is due.</summary>
    public MonotonicTime NextDeadline => _publisher is { } publisher && _outbound is not null
        ? MonotonicTime.Earlier(_ice.NextDeadline, publisher.Due)
        : _ice.NextDeadline;

    /// <summary>Takes a datagram, which is decrypted in place.</summary>
    public void HandleDatagram<TSink>(Span<byte> datagram, in TransportAddress source, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        switch (PacketDemultiplexer.Classify(datagram))
        {
            case PacketKind.Stun:
                HandleStun(datagram, source, now, ref sink);
                break;
            case PacketKind.Dtls:
                _dtls?.Feed(datagram);
                PumpHandshake(now, ref sink);
                break;
            case PacketKind.Rtp when _inbound is not null && _receiver is not null:
                _receiver.HandleRtp(datagram, _inbound, now);
                break;
            case PacketKind.Rtcp when _inbound is not null && _publisher is not null:
                _publisher.HandleRtcp(datagram, _inbound);
                break;
        }
    }

    /// <summary>Does what is due: checks, handshake datagrams, frames.</summary>
    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> check = stackalloc byte[256];
        int length = _ice.TryWriteCheck(now, check);
        if (length > 0)
            Send(check[..length], ref sink);
        if (_ice.State == IceState.Disconnected)
            Failure ??= "the server answered no connectivity check for 30 s";
        PumpHandshake(now, ref sink);
        if (_outbound is not null)
            _publisher?.SendDue(_outbound, _remote.Address, now, ref sink);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ice.Dispose();
        _dtls?.Dispose();
        _outbound?.Dispose();
        _inbound?.Dispose();
    }

    private void HandleStun<TSink>(ReadOnlySpan<byte> datagram, in TransportAddress source, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> response = stackalloc byte[256];
        IceCheckResult result = _ice.HandleDatagram(datagram, source, now, response);
        if (result.ResponseLength > 0)
            Send(response[..result.ResponseLength], ref sink);
        if (_ice.State == IceState.Connected && _dtls is null && Failure is null)
            BeginHandshake(now, ref sink);
    }

    private void BeginHandshake<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _dtls = _dtlsFactory.TryCreate(new() { Role = _remote.Role, RemoteFingerprint = _remote.Fingerprint, RoundTrip = _ice.RoundTrip, Activity = _wake });
        PumpHandshake(now, ref sink);
    }

    private void PumpHandshake<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_dtls is null)
            return;
        Span<byte> datagram = stackalloc byte[MaximumDatagram];
        while (_dtls.TryGetOutgoing(datagram, out int length))
            Send(datagram[..length], ref sink);
        if (_dtls.State is DtlsState.Failed or DtlsState.Closed)
            Failure ??= _dtls.State == DtlsState.Closed ? "the server closed the connection" : "the DTLS handshake failed";
        if (_outbound is null && _dtls.Keys is { } keys)
            TakeKeys(keys, now);
    }

    private void TakeKeys(SrtpKeys keys, MonotonicTime now)
    {
        _outbound = new(keys.Profile, keys.LocalKey, keys.LocalSalt);
        _inbound = new(keys.Profile, keys.RemoteKey, keys.RemoteSalt, MaximumStreams);
        JoinTime = now - _began;
        _publisher?.Start(now);
    }

    private void Send<TSink>(ReadOnlySpan<byte> datagram, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> room = sink.Reserve(datagram.Length);
        if (room.Length < datagram.Length)
            return;
        datagram.CopyTo(room);
        sink.Commit(_remote.Address, datagram.Length);
    }
}
