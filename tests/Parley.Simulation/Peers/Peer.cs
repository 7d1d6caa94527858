using System.Text;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Peers;

/// <summary>A person's client: it connects, publishes and receives as a browser does, and does nothing but what its deadlines and datagrams make it do.</summary>
public sealed class Peer : IDisposable
{
    private readonly World _world;
    private readonly SeededEntropy _entropy;
    private readonly FakeDtlsClient _dtls;
    private readonly PeerReports _reports;
    private readonly byte[] _stun = new byte[512];
    private ConnectivityChecker _ice;

    /// <summary>Makes a client that is about to connect.</summary>
    public Peer(World world, WorldNode node, PeerSettings settings, TransportId transport, ushort number, TransportAddress address)
    {
        _world = world;
        _entropy = world.Entropy.Fork();
        Node = node;
        Settings = settings;
        Transport = transport;
        Address = address;
        Session = new PeerSession(settings, node.Dtls.LocalFingerprint, node.Address, _entropy.Fork());
        Port = new PeerPort(world, this, number, _entropy.NextUInt32() | 1) { Extensions = Session.Extensions };
        Uplink = new Link(settings.Uplink, _entropy.Fork());
        Downlink = new Link(settings.Downlink, _entropy.Fork());
        _dtls = new FakeDtlsClient(Session.Fingerprint, node.Dtls, _entropy);
        _ice = NewChecker();
        Microphone = MakeMicrophone();
        Camera = MakeCamera();
        VideoReceivers = [.. Slots(MediaKind.Video).Select(media => new VideoReceiver(Port, media.Mid, media.RemoteSsrcs[0], media.RemoteRtxSsrc, Findings))];
        AudioReceivers = [.. Slots(MediaKind.Audio).Select(media => new AudioReceiver(Port, media.Mid, media.RemoteSsrcs[0], Findings))];
        _reports = new PeerReports(this);
        NextDeadline = world.Now;
    }

    /// <summary>The shard that it is connected to.</summary>
    public WorldNode Node { get; }

    /// <summary>What it is.</summary>
    public PeerSettings Settings { get; }

    /// <summary>Its transport.</summary>
    public TransportId Transport { get; }

    /// <summary>Its address.</summary>
    public TransportAddress Address { get; private set; }

    /// <summary>What was negotiated.</summary>
    public PeerSession Session { get; }

    /// <summary>Where it sends.</summary>
    public PeerPort Port { get; }

    /// <summary>The way to the server.</summary>
    public Link Uplink { get; }

    /// <summary>The way from the server.</summary>
    public Link Downlink { get; }

    /// <summary>Its microphone; null without.</summary>
    public AudioSender? Microphone { get; }

    /// <summary>Its camera; null without.</summary>
    public VideoSender? Camera { get; }

    /// <summary>Its slots for pictures.</summary>
    public IReadOnlyList<VideoReceiver> VideoReceivers { get; }

    /// <summary>Its slots for sound.</summary>
    public IReadOnlyList<AudioReceiver> AudioReceivers { get; }

    /// <summary>What it saw that nobody may send.</summary>
    public Findings Findings { get; } = new();

    /// <summary>When its handshake ended; <see cref="MonotonicTime.Never"/> before.</summary>
    public MonotonicTime ConnectedAt { get; private set; } = MonotonicTime.Never;

    /// <summary>Whether it has left.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>The round trip by its last check.</summary>
    public TimeSpan RoundTrip => _ice.RoundTrip;

    /// <summary>When <see cref="HandleTimeout"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        int length = _ice.TryWriteCheck(now, _stun);
        if (length > 0)
            _world.SendToServer(this, _stun.AsSpan(0, length));
        ReadOnlySpan<byte> hello = _dtls.TakeDue(now);
        if (!hello.IsEmpty)
            _world.SendToServer(this, hello);
        Microphone?.HandleTimeout(now);
        Camera?.HandleTimeout(now);
        if (Port.IsOpen)
        {
            foreach (VideoReceiver receiver in VideoReceivers)
                receiver.HandleTimeout(now);
            _reports.HandleTimeout(now);
        }

        UpdateDeadline();
    }

    /// <summary>Takes a datagram.</summary>
    public void HandleDatagram(Span<byte> datagram, MonotonicTime now)
    {
        switch (PacketDemultiplexer.Classify(datagram))
        {
            case PacketKind.Rtp:
                HandleRtp(datagram, now);
                break;
            case PacketKind.Rtcp:
                if (Port.TryOpenRtcp(datagram, out int length))
                    _reports.Handle(datagram[..length], now);
                break;
            case PacketKind.Stun:
                HandleStun(datagram, now);
                break;
            default:
                if (_dtls.Handle(datagram))
                    Connect(now);
                break;
        }

        UpdateDeadline();
    }

    /// <summary>Restarts ICE, from another address if one is given.</summary>
    public void RestartIce(TransportAddress? address = null)
    {
        if (address is { } other)
            Address = other;
        Session.RestartIce();
        _ice.Dispose();
        _ice = NewChecker();
        UpdateDeadline();
    }

    /// <summary>Falls silent for ever, without a goodbye.</summary>
    public void Leave()
    {
        HasLeft = true;
        NextDeadline = MonotonicTime.Never;
        Microphone?.Stop();
        Camera?.Stop();
    }

    /// <summary>Finds a slot's names by mid.</summary>
    public SlotNames? NamesOf(string mid) =>
        VideoReceivers.FirstOrDefault(receiver => receiver.Mid == mid)?.Names ?? AudioReceivers.FirstOrDefault(receiver => receiver.Mid == mid)?.Names;

    /// <inheritdoc />
    public void Dispose()
    {
        _ice.Dispose();
        Port.Dispose();
    }

    private ConnectivityChecker NewChecker() => new(Session.LocalIce, Session.RemoteIce, Session.Remote.Candidates[0], _entropy, _world.Now);

    private void HandleStun(Span<byte> datagram, MonotonicTime now)
    {
        IceCheckResult result = _ice.HandleDatagram(datagram, Node.Address, now, _stun);
        if (result.ResponseLength > 0)
            _world.SendToServer(this, _stun.AsSpan(0, result.ResponseLength));
        if (_ice.State == IceState.Connected)
            _dtls.Start(now);
    }

    private void HandleRtp(Span<byte> datagram, MonotonicTime now)
    {
        if (!Port.TryOpenRtp(datagram, out RtpHeaderView header))
            return;
        foreach (VideoReceiver receiver in VideoReceivers)
        {
            if (header.Ssrc == receiver.Ssrc || header.Ssrc == receiver.RtxSsrc)
            {
                receiver.Handle(header, now);
                return;
            }
        }

        foreach (AudioReceiver receiver in AudioReceivers)
        {
            if (header.Ssrc == receiver.Ssrc)
            {
                receiver.Handle(header, now);
                return;
            }
        }

        Findings.Add($"{Settings.Name}: RTP with SSRC {header.Ssrc}, which no m-line has");
    }

    private void Connect(MonotonicTime now)
    {
        ConnectedAt = now;
        Port.Open(_dtls.Keys);
        Microphone?.Start(now + _entropy.NextDuration(TimeSpan.FromMilliseconds(20)));
        Camera?.Start(now + _entropy.NextDuration(TimeSpan.FromMilliseconds(50)));
        _reports.Start(now);
    }

    private void UpdateDeadline()
    {
        if (HasLeft)
            return;
        MonotonicTime next = MonotonicTime.Earlier(_ice.NextDeadline, _dtls.NextDeadline);
        next = MonotonicTime.Earlier(next, _reports.NextDeadline);
        if (Microphone is not null)
            next = MonotonicTime.Earlier(next, Microphone.NextDeadline);
        if (Camera is not null)
            next = MonotonicTime.Earlier(next, Camera.NextDeadline);
        foreach (VideoReceiver receiver in VideoReceivers)
            next = MonotonicTime.Earlier(next, receiver.NextDeadline);
        NextDeadline = next;
    }

    private IEnumerable<NegotiatedMedia> Slots(MediaKind kind) => Session.Remote.Session.Media.Where(media => media.Kind == kind && media.Publishes);

    private SdpMedia? Published(MediaKind kind) =>
        Session.Description.Media.FirstOrDefault(media => media.Kind == kind && media.Direction.HasFlag(SdpDirection.SendOnly));

    private AudioSender? MakeMicrophone() => Published(MediaKind.Audio) is { } media
        ? new AudioSender(Port, Encoding.ASCII.GetBytes(media.Mid), media.Ssrcs[0].Ssrc, Settings.FirstAudioSequence, _entropy.Fork())
        : null;

    private VideoSender? MakeCamera()
    {
        if (Settings.Camera is not { } camera || Published(MediaKind.Video) is not { } media)
            return null;
        // Simulcast layers have SSRCs that the offer does not name.
        List<(uint Media, uint Rtx)> ssrcs = camera.Layers.Count == 1
            ? [(media.Ssrcs[0].Ssrc, Settings.Rtx ? media.Ssrcs[1].Ssrc : 0)]
            : [.. camera.Layers.Select(_ => (_entropy.NextUInt32() | 1, Settings.Rtx ? _entropy.NextUInt32() | 1 : 0))];
        return new VideoSender(Port, camera, Encoding.ASCII.GetBytes(media.Mid), ssrcs, _entropy.Fork());
    }
}
