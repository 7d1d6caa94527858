using Parley.Rtc.Rtcp;
using Parley.Rtc.Rtp;
using Parley.Rtc.Srtp;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Peers;

/// <summary>Where a peer's senders and receivers put what they send: it encrypts and sends to the server.</summary>
public sealed class PeerPort : IDisposable
{
    private const int PacketLength = 1600;
    private const int MaximumStreams = 256;

    private readonly World _world;
    private readonly Peer _peer;
    private readonly byte[] _packet = new byte[PacketLength];
    private readonly byte[] _control = new byte[PacketLength];
    private SrtpOutbound? _outbound;
    private SrtpInbound? _inbound;
    private ushort _transportSequence;

    /// <summary>Makes a port that cannot send yet.</summary>
    public PeerPort(World world, Peer peer, ushort number, uint senderSsrc)
    {
        _world = world;
        _peer = peer;
        Number = number;
        SenderSsrc = senderSsrc;
        // Close below the wrap, so that every meeting passes it.
        _transportSequence = 0xFF00;
    }

    /// <summary>The peer's name.</summary>
    public string Name => _peer.Settings.Name;

    /// <summary>The peer's number, which its payloads carry.</summary>
    public ushort Number { get; }

    /// <summary>The SSRC of its reports and requests.</summary>
    public uint SenderSsrc { get; }

    /// <summary>The ids of header extensions.</summary>
    public ExtensionMap Extensions { get; set; } = ExtensionMap.Empty;

    /// <summary>The round trip, as far as it is known.</summary>
    public TimeSpan RoundTrip => _peer.RoundTrip > TimeSpan.Zero ? _peer.RoundTrip : TimeSpan.FromMilliseconds(100);

    /// <summary>Whether there are keys.</summary>
    public bool IsOpen => _outbound is not null;

    /// <summary>Where the next packet is written.</summary>
    public Span<byte> Packet => _packet;

    /// <summary>SRTP packets that the network brought twice or the server sent twice under one number.</summary>
    public int Replayed { get; private set; }

    /// <summary>Packets that could not be decrypted, or not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The name of the peer with a number.</summary>
    public string? NameOf(ushort number) => _world.NameOf(number);

    /// <summary>The next transport-wide sequence number.</summary>
    public ushort NextTransportSequence() => _transportSequence++;

    /// <summary>Opens it with the keys of the handshake.</summary>
    public void Open(SrtpKeys keys)
    {
        _outbound = new SrtpOutbound(keys.Profile, keys.LocalKey, keys.LocalSalt);
        _inbound = new SrtpInbound(keys.Profile, keys.RemoteKey, keys.RemoteSalt, MaximumStreams);
    }

    /// <summary>Sends the packet in <see cref="Packet"/>.</summary>
    public void SendRtp(int headerLength, int length, long extendedSequence)
    {
        int total = _outbound!.ProtectRtp(_packet, headerLength, length, extendedSequence);
        _world.SendToServer(_peer, _packet.AsSpan(0, total));
    }

    /// <summary>Asks for packets again; numbers in rising order.</summary>
    public void SendNack(uint mediaSsrc, ReadOnlySpan<long> missing)
    {
        if (missing.IsEmpty)
            return;
        var writer = new RtcpWriter(_control);
        writer.WriteNack(SenderSsrc, mediaSsrc, missing);
        SendRtcp(writer.Length);
    }

    /// <summary>Asks for a key frame.</summary>
    public void SendPictureLoss(uint mediaSsrc)
    {
        var writer = new RtcpWriter(_control);
        writer.TryWritePictureLoss(SenderSsrc, mediaSsrc);
        SendRtcp(writer.Length);
    }

    /// <summary>Room for an RTCP compound, to be sent with <see cref="SendRtcp"/>.</summary>
    public Span<byte> Control => _control;

    /// <summary>Sends the RTCP compound in <see cref="Control"/>.</summary>
    public void SendRtcp(int length)
    {
        int total = _outbound!.ProtectRtcp(_control, length);
        _world.SendToServer(_peer, _control.AsSpan(0, total));
    }

    /// <summary>Decrypts a received RTP packet in place; false when it is to be dropped.</summary>
    public bool TryOpenRtp(Span<byte> datagram, out RtpHeaderView header)
    {
        header = default;
        if (_inbound is null)
            return false;
        if (!RtpHeaderView.TryParseHeader(datagram, out RtpHeaderView parsed))
        {
            Unreadable++;
            return false;
        }

        SrtpResult result = _inbound.UnprotectRtp(datagram, parsed.HeaderLength, out int length, out _);
        if (result == SrtpResult.Replayed)
            Replayed++;
        else if (result != SrtpResult.Ok || !parsed.TryTrim(length, out header))
            Unreadable++;
        else
            return true;
        return false;
    }

    /// <summary>Decrypts a received RTCP compound in place; false when it is to be dropped.</summary>
    public bool TryOpenRtcp(Span<byte> datagram, out int length)
    {
        length = 0;
        if (_inbound is null)
            return false;
        SrtpResult result = _inbound.UnprotectRtcp(datagram, out length);
        if (result is not (SrtpResult.Ok or SrtpResult.Replayed))
            Unreadable++;
        return result == SrtpResult.Ok;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _outbound?.Dispose();
        _inbound?.Dispose();
    }
}
