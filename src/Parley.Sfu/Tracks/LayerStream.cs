using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.KeyFrames;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Tracks;

/// <summary>One layer of a track as it arrives: its numbers, what is missing, what is kept for resending, when it lives. It begins anew when its SSRC changes.</summary>
public sealed class LayerStream
{
    /// <summary>How long packets stay to be sent again: longer than a few round trips, shorter than what memory would notice.</summary>
    public static readonly TimeSpan CacheTime = TimeSpan.FromMilliseconds(800);

    private const int CacheCapacity = 512;

    private readonly PacketPool _pool;
    private readonly LayerLiveness _liveness = new();
    private SequenceExtender _sequence;
    private TimestampExtender _timestamp;
    private ReceiveStatistics? _statistics;
    private NackGenerator? _missing;
    private RetransmissionCache? _cache;
    private FrameInspector? _inspector;
    private BitrateMeter? _bitrate;
    private NtpTime _reportSent;
    private long _reportTimestamp;
    private MonotonicTime _reportArrival;
    private long _lastTimestamp;
    private MonotonicTime _lastArrival;
    private long _keyFrameTimestamp;
    private bool? _isOffered;

    /// <summary>Makes a layer that waits for its first packet.</summary>
    public LayerStream(Track track, int index, string rid, PacketPool pool)
    {
        Track = track;
        Index = index;
        RidBytes = Encoding.ASCII.GetBytes(rid);
        _pool = pool;
    }

    /// <summary>The track that it is of.</summary>
    public Track Track { get; }

    /// <summary>Its place among the track's layers, lowest 0.</summary>
    public int Index { get; }

    /// <summary>The RTP stream id as it stands in packets; empty without simulcast.</summary>
    public byte[] RidBytes { get; }

    /// <summary>The SSRC; 0 before the first packet.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>How often it began anew: extended numbers of different epochs have nothing in common.</summary>
    public int Epoch { get; private set; }

    /// <summary>The height of its last key frame, pixels; 0 while unknown.</summary>
    public int Height { get; private set; }

    /// <summary>The key frames asked of the publisher.</summary>
    public KeyFrameRequester KeyFrames { get; } = new();

    /// <summary>What is missing; null for sound and before the first packet.</summary>
    public NackGenerator? Missing => _missing;

    /// <summary>What is kept for resending; null where nobody may ask.</summary>
    public RetransmissionCache? Cache => _cache;

    /// <summary>Whether a packet has arrived.</summary>
    public bool HasStarted => _sequence.HasValue;

    /// <summary>Whether a sender report has arrived.</summary>
    public bool HasReport => _reportArrival != default;

    /// <summary>The publisher's wall clock at its last sender report.</summary>
    public NtpTime ReportSent => _reportSent;

    /// <summary>The extended timestamp of that moment.</summary>
    public long ReportTimestamp => _reportTimestamp;

    /// <summary>When <see cref="NackGenerator.TakeDue"/> or <see cref="KeyFrameRequester.TakeDue"/> is to be called.</summary>
    public MonotonicTime NextDeadline => MonotonicTime.Earlier(KeyFrames.NextDeadline, _missing?.NextDeadline ?? MonotonicTime.Never);

    /// <summary>Whether packets still come, measured by how often frames came before; of a relayed layer, whether it would come if it was wanted.</summary>
    public bool IsLive(MonotonicTime now)
    {
        if (_isOffered is { } offered)
            return offered;
        _liveness.TakeDeath(now);
        return _liveness.IsLive;
    }

    /// <summary>Notes the SSRC that carries it. Another than before begins it anew.</summary>
    public void Bind(uint ssrc, bool isRtx)
    {
        if (isRtx || Ssrc == ssrc)
            return;
        if (Ssrc != 0)
            Restart();
        Ssrc = ssrc;
    }

    /// <summary>Notes what another shard tells of a relayed layer, which comes only while it is wanted here.</summary>
    /// <param name="isLive">Whether its publisher sends it.</param>
    /// <param name="height">Its height in pixels; 0 while unknown.</param>
    public void Offer(bool isLive, int height)
    {
        _isOffered = isLive;
        if (height > 0)
            Height = height;
    }

    /// <summary>Notes that it is not wanted any more: what is missing now stays missing.</summary>
    public void Pause() => _missing?.Reset();

    /// <summary>Takes a packet: gives it its extended numbers, reads its frame and keeps it. Null when it is to be forwarded, else why not.</summary>
    public DropReason? Accept(ReceivedPacket packet, ushort sequence, uint timestamp)
    {
        if (Ssrc == 0 && packet.IsRetransmission)
            return DropReason.RtxWithoutStream;
        Prepare(packet);
        long highest = _sequence.Highest;
        packet.Sequence = _sequence.Extend(sequence);
        packet.Timestamp = _timestamp.Extend(timestamp);
        packet.IsInOrder = packet.Sequence > highest;
        if (!packet.IsRetransmission)
            _statistics?.OnReceived(packet.Sequence, packet.Timestamp, packet.Arrival);
        _missing?.OnReceived(packet.Sequence, packet.Arrival);
        if (!TryKeep(packet, highest))
            return packet.Sequence <= highest - CacheCapacity ? DropReason.TooLate : DropReason.Duplicate;
        ReadFrame(packet);
        return null;
    }

    /// <summary>Takes the publisher's sender report.</summary>
    public void OnSenderReport(NtpTime sent, uint timestamp, MonotonicTime arrival)
    {
        // A relayed layer's clock is told before it begins, so that slots can switch to it in step.
        if (!_timestamp.HasValue && _isOffered is null)
            return;
        if (!_timestamp.HasValue)
            _timestamp.Extend(timestamp);
        _reportSent = sent;
        _reportTimestamp = _timestamp.Peek(timestamp);
        _reportArrival = arrival;
        Track.Clock.OnReport(sent, arrival);
    }

    /// <summary>The publisher's timestamp of our <paramref name="now"/>: by its sender reports, else by its last packet.</summary>
    public long TimestampAt(MonotonicTime now, int clockRate)
    {
        TimeSpan since = HasReport ? Track.Clock.Since(_reportSent, now) : now - _lastArrival;
        long from = HasReport ? _reportTimestamp : _lastTimestamp;
        return from + (long)((Int128)since.Ticks * clockRate / TimeSpan.TicksPerSecond);
    }

    /// <summary>The report block about this layer, which covers the time since the last.</summary>
    public ReportBlock TakeReport(MonotonicTime now)
    {
        ReceptionSummary summary = _statistics?.TakeReport() ?? default;
        return new ReportBlock
        {
            Ssrc = Ssrc,
            FractionLost = summary.FractionLost,
            CumulativeLost = summary.CumulativeLost,
            HighestSequence = summary.HighestSequence,
            Jitter = summary.Jitter,
            LastSenderReport = HasReport ? _reportSent.Compact : 0,
            DelaySinceLastSenderReport = HasReport ? NtpTime.ToCompactDuration(now - _reportArrival) : 0,
        };
    }

    /// <summary>Refreshes, once a second, what key frames may cost, and lets go of packets too old to be asked for.</summary>
    public void Refresh(MonotonicTime now)
    {
        if (_bitrate is not null)
            KeyFrames.SetBitrate(_bitrate.BitsPerSecond(now), now);
        _cache?.Expire(now);
    }

    /// <summary>Sets the round trip to the publisher.</summary>
    public void SetRoundTrip(TimeSpan roundTrip)
    {
        KeyFrames.SetRoundTrip(roundTrip);
        _missing?.SetRoundTrip(roundTrip);
    }

    /// <summary>Notes that the publisher said goodbye for it: it is dead until the next packet.</summary>
    public void OnGoodbye() => _liveness.Reset();

    /// <summary>Lets go of all cached packets.</summary>
    public void Clear()
    {
        _cache?.Clear();
        _missing?.Reset();
    }

    // Lazily, since most simulcast layers of most publishers never send.
    private void Prepare(ReceivedPacket packet)
    {
        if (HasStarted || packet.Codec is not { } codec)
            return;
        _statistics = new ReceiveStatistics(codec.ClockRate);
        _bitrate = new BitrateMeter();
        _inspector ??= new FrameInspector();
        if (codec.Nack && NackGenerator.Covers(codec.Kind, includeAudio: false))
            _missing = new NackGenerator();
        if (codec.Nack)
            _cache = new RetransmissionCache(_pool, CacheCapacity, CacheTime);
    }

    private bool TryKeep(ReceivedPacket packet, long highest)
    {
        if (_cache is null)
            return true;
        bool kept = _cache.TryAdd(new CachedPacket(
            packet.Sequence,
            packet.Timestamp,
            packet.Arrival,
            packet.Slot,
            (ushort)packet.PayloadOffset,
            (ushort)packet.PayloadLength,
            packet.Marker));
        if (packet.Sequence > highest)
            _cache.Expire(packet.Arrival);
        return kept;
    }

    private void ReadFrame(ReceivedPacket packet)
    {
        _liveness.OnPacket(isFrameStart: packet.Timestamp > _lastTimestamp, packet.Arrival);
        _lastArrival = packet.Arrival;
        _bitrate?.Add(packet.PayloadLength, packet.Arrival);
        _lastTimestamp = Math.Max(_lastTimestamp, packet.Timestamp);
        if (packet.PayloadLength == 0)
            return;
        packet.Frame = _inspector!.Inspect(packet);
        if (Track.Kind == MediaKind.Video)
            NoteKeyFrame(packet);
    }

    // A payload descriptor tells only a key frame's first packet; those that follow share its timestamp.
    private void NoteKeyFrame(ReceivedPacket packet)
    {
        if (packet.Frame is { IsKeyFrame: true, IsFrameStart: true })
        {
            KeyFrames.OnKeyFrameStart(packet.Arrival);
            _keyFrameTimestamp = packet.Timestamp;
            if (packet.Frame.Height > 0)
                Height = packet.Frame.Height;
        }

        if (packet.Timestamp == _keyFrameTimestamp)
            KeyFrames.OnKeyFrameBytes(packet.PayloadLength, packet.Arrival);
    }

    private void Restart()
    {
        Epoch++;
        _sequence = default;
        _timestamp = default;
        _statistics = null;
        _liveness.Reset();
        _reportArrival = default;
        _lastTimestamp = 0;
        Clear();
    }
}
