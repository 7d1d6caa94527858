using System.Security.Cryptography;
using Parley.Dtls;
using Parley.Net.Clocks;
using Parley.Net.Entropy;
using Parley.Rtc.Ice;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;
using Parley.Simulation;

namespace Parley.Net.Tests.Relays;

/// <summary>A person with a UDP socket and a real handshake: sends sound each 20 ms if there is a microphone, and counts what comes.</summary>
internal sealed class SocketPeer : IAsyncDisposable
{
    private const int Pause = 5;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CancellationTokenSource _end = new();
    private readonly DtlsEndpointFactory _dtls;
    private readonly NegotiatedSession _session;
    private readonly ConnectivityChecker _ice;
    private readonly RelayNode _node;
    private readonly Task _work;
    private DtlsEndpoint? _association;
    private SrtpOutbound? _outbound;
    private SrtpInbound? _inbound;
    private ushort _sequence = 1000;
    private volatile int _received;

    public SocketPeer(RelayNode node, long transport, string participant, bool publishes)
    {
        _node = node;
        _dtls = new DtlsEndpointFactory(DtlsCertificate.Create(_key));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var entropy = new SystemEntropy();
        var media = new SessionBuilder(entropy);
        if (publishes)
            media.PublishAudio();
        else
            media.AudioSlots(1);
        _session = media.Build(_dtls.LocalFingerprint.ToArray());
        node.Post(new ConnectTransport { Room = RelayNode.Room, Transport = new TransportId(transport), Participant = participant, Session = _session });
        _ice = new ConnectivityChecker(
            new(_session.RemoteUfrag, _session.RemotePassword), new(_session.LocalUfrag, _session.LocalPassword), node.Address, entropy, MonotonicClock.Shared.Now);
        _work = Task.Run(() => Work(publishes));
    }

    public int Received => _received;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _association?.Dispose();
        _outbound?.Dispose();
        _inbound?.Dispose();
        _ice.Dispose();
        _socket.Dispose();
        _key.Dispose();
        _end.Dispose();
    }

    private async Task Work(bool publishes)
    {
        byte[] buffer = new byte[2048];
        MonotonicTime nextSound = MonotonicTime.Zero;
        while (!_end.IsCancellationRequested)
        {
            MonotonicTime now = MonotonicClock.Shared.Now;
            Send(buffer, _ice.TryWriteCheck(now, buffer));
            while (_association is not null && _association.TryGetOutgoing(buffer, out int length))
                Send(buffer, length);
            TakeKeys();
            if (publishes && _outbound is not null && now >= nextSound)
            {
                SendSound(buffer);
                nextSound = now + TimeSpan.FromMilliseconds(20);
            }

            if (_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
                Handle(buffer.AsSpan(0, _socket.Receive(buffer)), now);
            else
                await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private void TakeKeys()
    {
        if (_outbound is not null || _association?.Keys is not { } keys)
            return;
        _inbound = new SrtpInbound(keys.Profile, keys.RemoteKey, keys.RemoteSalt, 64);
        _outbound = new SrtpOutbound(keys.Profile, keys.LocalKey, keys.LocalSalt);
    }

    private void Handle(Span<byte> datagram, MonotonicTime now)
    {
        switch (PacketDemultiplexer.Classify(datagram))
        {
            case PacketKind.Stun:
                _ice.HandleDatagram(datagram, _node.Address, now, new byte[512]);
                if (_ice.State == IceState.Connected)
                    _association ??= _dtls.TryCreate(new DtlsSettings { Role = DtlsRole.Client, RemoteFingerprint = _node.Fingerprint, Activity = static () => { } });
                break;
            case PacketKind.Dtls:
                _association?.Feed(datagram);
                break;
            case PacketKind.Rtp when _inbound is not null && RtpHeaderView.TryParseHeader(datagram, out RtpHeaderView header):
                if (_inbound.UnprotectRtp(datagram, header.HeaderLength, out _, out _) == SrtpResult.Ok)
                    _received++;
                break;
        }
    }

    private void SendSound(byte[] buffer)
    {
        _sequence++;
        var writer = new RtpHeaderWriter(buffer, 111, marker: false, _sequence, (uint)_sequence * 960, 4711);
        writer.TryAdd(1, [0x80 | 20]);
        int header = writer.Finish();
        buffer.AsSpan(header, 40).Fill(7);
        Send(buffer, _outbound!.ProtectRtp(buffer, header, header + 40, _sequence));
    }

    private void Send(byte[] buffer, int length)
    {
        if (length > 0)
            _socket.SendTo(buffer.AsSpan(0, length), _node.Address.ToIPEndPoint());
    }
}
