using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Simulation.Payloads;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;

namespace Parley.Simulation.Receivers;

/// <summary>One sound m-line of a subscriber. Sound is not asked for again: losses are concealed.</summary>
public sealed class AudioReceiver
{
    private const int Window = 256;

    private readonly PeerPort _port;
    private readonly Findings _findings;
    private readonly Dictionary<long, (long Timestamp, FrameTag Tag)> _recent = [];
    private SequenceExtender _sequence;
    private TimestampExtender _timestamp;
    private long _strictFrom = long.MaxValue;
    private int _strictPackets;

    /// <summary>Makes the receiver of an m-line.</summary>
    public AudioReceiver(PeerPort port, string mid, uint ssrc, Findings findings)
    {
        _port = port;
        _findings = findings;
        Mid = mid;
        Ssrc = ssrc;
        Name = $"{port.Name}, sound {mid}";
    }

    /// <summary>What findings call it.</summary>
    public string Name { get; }

    /// <summary>The m-line.</summary>
    public string Mid { get; }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; }

    /// <summary>Whom it plays, as the server says.</summary>
    public SlotNames Names { get; } = new();

    /// <summary>What it reports.</summary>
    public ReceptionCounter Reception { get; } = new();

    /// <summary>Packets.</summary>
    public int Packets { get; private set; }

    /// <summary>When the last came.</summary>
    public MonotonicTime LastAt { get; private set; }

    /// <summary>Whose the last was.</summary>
    public string? LastSpeaker { get; private set; }

    /// <summary>Numbers missing since <see cref="BeStrict"/>.</summary>
    public long StrictHoles => _strictFrom == long.MaxValue ? 0 : Math.Max(0, _sequence.Highest - _strictFrom - _strictPackets);

    /// <summary>From the next number on there may be no hole.</summary>
    public void BeStrict()
    {
        if (_sequence.HasValue)
            _strictFrom = _sequence.Highest;
    }

    /// <summary>Takes a packet in clear.</summary>
    public void Handle(in RtpHeaderView header, MonotonicTime now)
    {
        Reception.OnReceived(header.Sequence);
        if (!FrameTag.TryRead(header.Payload, out FrameTag tag) || tag.Layer != FrameTag.Sound)
        {
            _findings.Add($"{Name}: {header.Sequence} carries no sound");
            return;
        }

        long sequence = _sequence.Extend(header.Sequence);
        long timestamp = _timestamp.Extend(header.Timestamp);
        string? named = Names.At(header.Timestamp)?.Participant;
        LastSpeaker = _port.NameOf(tag.Publisher);
        if (named != LastSpeaker)
            _findings.Add($"{Name}: plays {LastSpeaker} where {named ?? "nobody"} is named, {tag}");
        if (LastSpeaker == _port.Name)
            _findings.Add($"{Name}: plays its own voice, {tag}");
        Packets++;
        LastAt = now;
        if (sequence > _strictFrom)
            _strictPackets++;
        Compare(sequence, timestamp, tag);
    }

    /// <summary>Notes the sender's report.</summary>
    public void OnSenderReport(NtpTime sent, uint timestamp, MonotonicTime now)
    {
        Reception.OnSenderReport(sent, now);
        if (_timestamp.HasValue && Math.Abs((int)(timestamp - (uint)_timestamp.Highest)) > 5 * 48_000)
            _findings.Add($"{Name}: a sender report speaks of {timestamp} when the stream is at {(uint)_timestamp.Highest}");
    }

    private void Compare(long sequence, long timestamp, in FrameTag tag)
    {
        if (!_recent.TryAdd(sequence, (timestamp, tag)))
            _findings.Add($"{Name}: {sequence} was sent twice");
        _recent.Remove(sequence - Window);
        if (_recent.TryGetValue(sequence - 1, out (long Timestamp, FrameTag Tag) before))
            Compare(sequence, before, (timestamp, tag));
        if (_recent.TryGetValue(sequence + 1, out (long Timestamp, FrameTag Tag) after))
            Compare(sequence + 1, (timestamp, tag), after);
    }

    private void Compare(long sequence, (long Timestamp, FrameTag Tag) before, (long Timestamp, FrameTag Tag) after)
    {
        bool isSameSpeaker = before.Tag.Publisher == after.Tag.Publisher;
        if (after.Timestamp <= before.Timestamp)
            _findings.Add($"{Name}: timestamp {after.Timestamp} of {sequence} {after.Tag} after {before.Timestamp} of {before.Tag}");
        else if (isSameSpeaker && after.Tag.Frame == before.Tag.Frame + 1 && after.Timestamp - before.Timestamp != AudioSender.SamplesPerPacket && !BeginsAt(sequence - 1))
            _findings.Add($"{Name}: timestamps of {sequence} {after.Tag} and the one before lie {after.Timestamp - before.Timestamp} apart");
    }

    // The first packet of another source may be put just behind the last one sent, since timestamps never fall; the next has its own instant again.
    private bool BeginsAt(long sequence) =>
        _recent.TryGetValue(sequence, out (long Timestamp, FrameTag Tag) first) && _recent.TryGetValue(sequence - 1, out (long Timestamp, FrameTag Tag) before)
        && before.Tag.Publisher != first.Tag.Publisher;
}
