using System.Runtime.CompilerServices;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Simulation.Payloads;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Publishers;

/// <summary>One layer of a simulated camera: sends its frames, key frames when asked, and again what is asked for.</summary>
public sealed class LayerSender
{
    private readonly PeerPort _port;
    private readonly VideoSettings _settings;
    private readonly VideoLayerSettings _layer;
    private readonly SeededEntropy _entropy;
    private readonly StreamHeader _header;
    private readonly StreamHeader? _rtx;
    private readonly SentPieces _history = new();
    private readonly byte _index;
    private readonly uint _firstTimestamp;
    private long _nextSequence;
    private long _nextRtxSequence;
    private ushort _pictureId;
    private byte _tl0;
    private bool _keyFrameWanted = true;
    private MonotonicTime _lastKeyFrame;

    /// <summary>Makes a layer that has sent nothing.</summary>
    public LayerSender(PeerPort port, VideoSettings settings, int index, byte[] mid, (uint Media, uint Rtx) ssrcs, SeededEntropy entropy)
    {
        _port = port;
        _settings = settings;
        _layer = settings.Layers[index];
        _index = (byte)index;
        _entropy = entropy;
        byte[] rid = System.Text.Encoding.ASCII.GetBytes(_layer.Rid);
        _header = new StreamHeader(port, ssrcs.Media, OfferBuilder.VideoPayloadType, mid, rid, isRtx: false);
        _rtx = ssrcs.Rtx == 0 ? null : new StreamHeader(port, ssrcs.Rtx, OfferBuilder.VideoRtxPayloadType, mid, rid, isRtx: true);
        _nextSequence = settings.FirstSequence ?? entropy.NextInt(0x8000);
        _nextRtxSequence = entropy.NextInt(0x8000);
        _firstTimestamp = settings.FirstTimestamp ?? entropy.NextUInt32();
        _pictureId = (ushort)(entropy.NextUInt32() & 0x7FFF);
        _tl0 = (byte)entropy.NextUInt32();
    }

    /// <summary>The layer's SSRC.</summary>
    public uint Ssrc => _header.Ssrc;

    /// <summary>Frames sent.</summary>
    public uint Frames { get; private set; }

    /// <summary>Key frames sent.</summary>
    public int KeyFrames { get; private set; }

    /// <summary>Packets sent, without those sent again.</summary>
    public uint Packets { get; private set; }

    /// <summary>Bytes of payload sent, without those sent again.</summary>
    public uint Octets { get; private set; }

    /// <summary>Key frames asked for.</summary>
    public int KeyFrameRequests { get; private set; }

    /// <summary>Packets asked for again.</summary>
    public int ResendRequests { get; private set; }

    /// <summary>Packets sent again.</summary>
    public int Resent { get; private set; }

    /// <summary>Whether it sends; a browser stops layers that its uplink does not carry.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The timestamp of a moment that lies <paramref name="since"/> after the camera's start.</summary>
    public uint TimestampAt(TimeSpan since) => _firstTimestamp + (uint)(since.Ticks * 90 / TimeSpan.TicksPerMillisecond);

    /// <summary>Sends the frame of a moment, or of the one that its encoder is done with by then.</summary>
    public void SendFrame(TimeSpan since, MonotonicTime now)
    {
        TimeSpan captured = since - _layer.Lag;
        if (!IsActive || captured < TimeSpan.Zero)
            return;
        bool isKey = _keyFrameWanted && (KeyFrames == 0 || now - _lastKeyFrame >= _settings.KeyFrameInterval);
        if (isKey)
        {
            _keyFrameWanted = false;
            _lastKeyFrame = now;
            KeyFrames++;
        }

        int count = isKey ? _layer.KeyPackets : 1 + _entropy.NextInt(_layer.DeltaPackets);
        uint timestamp = TimestampAt(captured);
        for (int i = 0; i < count; i++)
            SendNew(PieceOf(i, count, isKey), timestamp);
        Frames++;
        _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
        _tl0++;
    }

    /// <summary>Takes a request for a key frame: the next frame is one, unless the last is too recent.</summary>
    public void RequestKeyFrame()
    {
        KeyFrameRequests++;
        _keyFrameWanted = true;
    }

    /// <summary>Notes a report about one of the layer's SSRCs.</summary>
    public void Acknowledge(uint ssrc)
    {
        if (ssrc == _header.Ssrc)
            _header.IsAcknowledged = true;
        else if (_rtx is not null && ssrc == _rtx.Ssrc)
            _rtx.IsAcknowledged = true;
    }

    /// <summary>Sends a packet again, through RTX where that was agreed, but not twice within a round trip.</summary>
    public void Resend(ushort sequence, TimeSpan roundTrip, MonotonicTime now)
    {
        ResendRequests++;
        ref SentPiece sent = ref _history.Find(sequence);
        if (Unsafe.IsNullRef(ref sent) || (sent.ResentAt != default && now - sent.ResentAt < roundTrip))
            return;
        sent.ResentAt = now;
        Resent++;
        if (_rtx is null)
        {
            Send(_header, sent.Sequence, sent.Timestamp, sent.Piece, originalSequence: null);
            return;
        }

        Send(_rtx, _nextRtxSequence++, sent.Timestamp, sent.Piece, (ushort)sent.Sequence);
    }

    private Vp8Piece PieceOf(int index, int count, bool isKey) => new()
    {
        Tag = new FrameTag(_port.Number, _index, Frames, (ushort)index, (ushort)count),
        IsKey = isKey,
        PictureId = _pictureId,
        Tl0PictureIndex = _settings.HasTl0PictureIndex ? _tl0 : null,
        Height = (ushort)_layer.Height,
        Length = (ushort)_settings.PayloadLength,
    };

    private void SendNew(in Vp8Piece piece, uint timestamp)
    {
        long sequence = _nextSequence++;
        _history.Add(new SentPiece(sequence, timestamp, piece, default));
        Packets++;
        Octets += piece.Length;
        Send(_header, sequence, timestamp, piece, originalSequence: null);
    }

    private void Send(StreamHeader header, long sequence, uint timestamp, in Vp8Piece piece, ushort? originalSequence)
    {
        Span<byte> packet = _port.Packet;
        int headerLength = header.Write(packet, sequence, timestamp, piece.Tag.Index == piece.Tag.Count - 1);
        int length = headerLength;
        if (originalSequence is { } original)
            length += RtxPayload.WriteHeader(packet[length..], original);
        piece.Write(packet.Slice(length, piece.Length));
        _port.SendRtp(headerLength, length + piece.Length, sequence);
    }
}
