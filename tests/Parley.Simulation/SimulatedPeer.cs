using System.Text;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Rtc.Srtp;
using Parley.Rtc.Stun;
using Parley.Sfu.Rooms;

namespace Parley.Simulation;

/// <summary>Writes one RTCP compound.</summary>
public delegate void WriteRtcp(ref RtcpWriter writer);

/// <summary>A peer on the simulated network: it sends checks, a handshake, RTP and RTCP, and keeps what it receives. What it sends goes to the shard at once.</summary>
public sealed class SimulatedPeer : IDisposable
{
    private readonly SimulatedShard _shard;
    private readonly SeededEntropy _entropy;
    private readonly SrtpOutbound _outbound;
    private readonly SrtpInbound _inbound;

    /// <summary>Makes a peer and its transport in a room.</summary>
    public SimulatedPeer(
        SimulatedShard shard, RoomId room, long transport, string participant, SessionBuilder media, SubscriptionMode mode = SubscriptionMode.Automatic, string? subject = null)
    {
        _shard = shard;
        _entropy = shard.Entropy;
        byte[] fingerprint = Random(32);
        Address = TransportAddress.FromBytes([10, 0, (byte)(transport >> 8), (byte)transport], (ushort)(20_000 + transport));
        Session = media.Build(fingerprint);
        Transport = new TransportId(transport);
        byte[] localKey = Random(16), localSalt = Random(12), remoteKey = Random(16), remoteSalt = Random(12);
        shard.Dtls.Share(fingerprint, new SrtpKeys(SrtpProfile.AeadAes128Gcm, localKey, localSalt, remoteKey, remoteSalt));
        _outbound = new SrtpOutbound(SrtpProfile.AeadAes128Gcm, remoteKey, remoteSalt);
        _inbound = new SrtpInbound(SrtpProfile.AeadAes128Gcm, localKey, localSalt, 256);
        shard.Attach(this);
        shard.Command(new ConnectTransport
        {
            Room = room,
            Transport = Transport,
            Participant = participant,
            Session = Session,
            Mode = mode,
            Subject = subject,
        });
    }

    /// <summary>Its address.</summary>
    public TransportAddress Address { get; private set; }

    /// <summary>Its transport.</summary>
    public TransportId Transport { get; }

    /// <summary>What was agreed on.</summary>
    public NegotiatedSession Session { get; set; }

    /// <summary>The checks' responses it received.</summary>
    public int Responses { get; private set; }

    /// <summary>Whether the handshake was answered.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>The RTP it received, oldest first.</summary>
    public List<ReceivedRtp> Rtp { get; } = [];

    /// <summary>The RTCP datagrams it received, decrypted.</summary>
    public List<byte[]> Rtcp { get; } = [];

    /// <summary>The SRTP packets that it could not decrypt.</summary>
    public int Undecryptable { get; private set; }

    /// <summary>Moves to another address.</summary>
    public void MoveTo(TransportAddress address)
    {
        _shard.Detach(Address);
        Address = address;
        _shard.Attach(this);
    }

    /// <summary>Checks, nominates and shakes hands.</summary>
    public SimulatedPeer Connect()
    {
        Check();
        Handshake();
        return this;
    }

    /// <summary>Sends a check.</summary>
    public void Check(bool nominate = true, string? password = null, string? ufrag = null)
    {
        using var key = new StunIntegrityKey(password ?? Session.LocalPassword);
        byte[] datagram = new byte[StunConstants.MaximumLength];
        var writer = new StunWriter(datagram, StunClass.Request, Random(12));
        writer.AddUsername(IceUsername.Format(ufrag ?? Session.LocalUfrag, Session.RemoteUfrag));
        writer.AddControlling(1);
        writer.AddPriority(1);
        if (nominate)
            writer.AddUseCandidate();
        writer.AddIntegrity(key);
        writer.AddFingerprint();
        Send(datagram.AsSpan(0, writer.Length));
    }

    /// <summary>Shakes hands.</summary>
    public void Handshake() => Send(FakeDtlsEndpoint.Hello);

    /// <summary>Says goodbye.</summary>
    public void Close() => Send(FakeDtlsEndpoint.CloseNotify);

    /// <summary>Sends any bytes and takes what comes back.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        _shard.Deliver(Address, datagram);
        _shard.Pump();
    }

    /// <summary>Sends an RTP packet.</summary>
    public void Send(OutgoingRtp packet) => Send(Protect(packet));

    /// <summary>Encrypts an RTP packet.</summary>
    public byte[] Protect(OutgoingRtp packet)
    {
        byte[] buffer = new byte[1500];
        var writer = new RtpHeaderWriter(buffer, packet.PayloadType, packet.Marker, (ushort)packet.Sequence, packet.Timestamp, packet.Ssrc);
        AddText(ref writer, ExtensionKind.Mid, packet.Mid);
        AddText(ref writer, ExtensionKind.Rid, packet.Rid);
        AddText(ref writer, ExtensionKind.RepairedRid, packet.RepairedRid);
        if (packet.Level is { } level)
            writer.TryAdd(IdOf(ExtensionKind.AudioLevel), [(byte)(0x80 | level)]);
        if (packet.TransportSequence is { } number)
            writer.TryAdd(IdOf(ExtensionKind.TransportSequence), [(byte)(number >> 8), (byte)number]);
        if (packet.Descriptor is { } descriptor)
            writer.TryAdd(IdOf(ExtensionKind.DependencyDescriptor), descriptor);
        int header = writer.Finish();
        packet.Payload.CopyTo(buffer.AsSpan(header));
        int length = header + packet.Payload.Length + packet.Padding;
        if (packet.Padding > 0)
        {
            buffer[0] |= 0x20;
            buffer[length - 1] = packet.PaddingCount ?? packet.Padding;
        }

        return buffer[.._outbound.ProtectRtp(buffer, header, length, packet.Sequence)];
    }

    /// <summary>Sends an RTCP compound.</summary>
    public void SendRtcp(WriteRtcp write)
    {
        byte[] buffer = new byte[1500];
        var writer = new RtcpWriter(buffer.AsSpan(0, 1400));
        write(ref writer);
        Send(buffer.AsSpan(0, _outbound.ProtectRtcp(buffer, writer.Length)));
    }

    /// <summary>Sends any bytes as SRTCP.</summary>
    public void SendRtcpBytes(ReadOnlySpan<byte> compound)
    {
        byte[] buffer = new byte[compound.Length + _outbound.RtcpOverhead];
        compound.CopyTo(buffer);
        Send(buffer.AsSpan(0, _outbound.ProtectRtcp(buffer, compound.Length)));
    }

    /// <summary>Takes a datagram from the shard.</summary>
    public void Receive(byte[] datagram)
    {
        switch (PacketDemultiplexer.Classify(datagram))
        {
            case PacketKind.Stun:
                Responses++;
                break;
            case PacketKind.Dtls:
                IsConnected |= datagram.AsSpan().SequenceEqual(FakeDtlsEndpoint.Finished);
                break;
            case PacketKind.Rtp:
                ReceiveRtp(datagram);
                break;
            case PacketKind.Rtcp when _inbound.UnprotectRtcp(datagram, out int length) == SrtpResult.Ok:
                Rtcp.Add(datagram[..length]);
                break;
            default:
                Undecryptable++;
                break;
        }
    }

    /// <summary>Whether it received feedback of a kind about one of its streams.</summary>
    public int CountFeedback(RtcpPacketType type, byte format, uint? ssrc = null)
    {
        int count = 0;
        foreach (byte[] datagram in Rtcp)
        {
            var reader = new RtcpReader(datagram);
            while (reader.MoveNext())
            {
                if (reader.Current.IsFeedback(type, format) && (ssrc is null || reader.Current.MediaSsrc == ssrc))
                    count++;
            }
        }

        return count;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _outbound.Dispose();
        _inbound.Dispose();
    }

    private void ReceiveRtp(byte[] datagram)
    {
        if (!RtpHeaderView.TryParseHeader(datagram, out RtpHeaderView header)
            || _inbound.UnprotectRtp(datagram, header.HeaderLength, out int length, out _) != SrtpResult.Ok
            || !header.TryTrim(length, out header))
        {
            Undecryptable++;
            return;
        }

        header.TryGetExtension(IdOf(ExtensionKind.Mid), out ReadOnlySpan<byte> mid);
        header.TryGetExtension(IdOf(ExtensionKind.DependencyDescriptor), out ReadOnlySpan<byte> descriptor);
        Rtp.Add(new ReceivedRtp(
            header.Ssrc,
            header.PayloadType,
            header.Sequence,
            header.Timestamp,
            header.Marker,
            Encoding.ASCII.GetString(mid),
            header.Payload.ToArray(),
            descriptor.ToArray()));
    }

    private void AddText(ref RtpHeaderWriter writer, ExtensionKind kind, string? text)
    {
        if (text is not null)
            writer.TryAdd(IdOf(kind), Encoding.ASCII.GetBytes(text));
    }

    private byte IdOf(ExtensionKind kind) => Session.Media[0].Extensions.IdOf(kind);

    private byte[] Random(int count)
    {
        byte[] bytes = new byte[count];
        _entropy.Fill(bytes);
        return bytes;
    }
}
