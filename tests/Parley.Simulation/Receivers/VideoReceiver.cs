using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Simulation.Payloads;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Receivers;

/// <summary>One picture m-line of a subscriber, from packets to what is seen, with the requests that it makes.</summary>
public sealed class VideoReceiver
{
    private const int NacksAtOnce = 256;

    private readonly PeerPort _port;
    private readonly Findings _findings;
    private readonly ArrivedPieces _pieces;
    private readonly FrameAssembler _assembler;
    private readonly FrameDecoder _decoder;
    private SequenceExtender _sequence;
    private TimestampExtender _timestamp;

    /// <summary>Makes the receiver of an m-line.</summary>
    public VideoReceiver(PeerPort port, string mid, uint ssrc, uint rtxSsrc, Findings findings)
    {
        _port = port;
        _findings = findings;
        Mid = mid;
        Ssrc = ssrc;
        RtxSsrc = rtxSsrc;
        Name = $"{port.Name}, slot {mid}";
        Audit = new StreamAudit(Name, findings);
        _pieces = new ArrivedPieces(Audit);
        _assembler = new FrameAssembler(Name, _pieces, findings);
        _decoder = new FrameDecoder(Name, findings);
    }

    /// <summary>What findings call it.</summary>
    public string Name { get; }

    /// <summary>The m-line.</summary>
    public string Mid { get; }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; }

    /// <summary>The SSRC of retransmissions; 0 without.</summary>
    public uint RtxSsrc { get; }

    /// <summary>Whom it shows, as the server says.</summary>
    public SlotNames Names { get; } = new();

    /// <summary>The order and completeness of its numbers.</summary>
    public StreamAudit Audit { get; }

    /// <summary>What is seen.</summary>
    public Viewer Viewer { get; } = new();

    /// <summary>What is missing.</summary>
    public NackRequester Missing { get; } = new();

    /// <summary>When it asks for key frames.</summary>
    public KeyFrameAsker KeyFrames { get; } = new();

    /// <summary>What it reports.</summary>
    public ReceptionCounter Reception { get; } = new();

    /// <summary>Packets that came through RTX and repaired something.</summary>
    public int Repaired { get; private set; }

    /// <summary>Packets that came through RTX in vain.</summary>
    public int RepairedInVain { get; private set; }

    /// <summary>Packets that came after their own retransmission: they were only late.</summary>
    public int LateOriginals { get; private set; }

    /// <summary>By how much changes of layer moved its timestamps at most.</summary>
    public TimeSpan LargestShift => _decoder.LargestShift;

    /// <summary>By how much changes of layer moved them for longer than it took to catch up.</summary>
    public TimeSpan LastingShift => _decoder.LastingShift;

    /// <summary>When <see cref="HandleTimeout"/> is to be called.</summary>
    public MonotonicTime NextDeadline => MonotonicTime.Earlier(Missing.NextDeadline, KeyFrames.NextDeadline);

    /// <summary>From the next number on there may be no hole.</summary>
    public void BeStrict() => Audit.StrictFrom = _pieces.Highest;

    /// <summary>Takes a packet in clear of one of its SSRCs.</summary>
    public void Handle(in RtpHeaderView header, MonotonicTime now)
    {
        if (header.Ssrc == Ssrc)
        {
            Reception.OnReceived(header.Sequence);
            Take(header, header.Sequence, header.Payload, isRepaired: false, now);
        }
        else if (RtxPayload.TryRead(header.Payload, out ushort original, out ReadOnlySpan<byte> payload))
        {
            Take(header, original, payload, isRepaired: true, now);
        }
    }

    /// <summary>Notes the sender's report.</summary>
    public void OnSenderReport(NtpTime sent, uint timestamp, MonotonicTime now)
    {
        Reception.OnSenderReport(sent, now);
        // 5 s: far above any delay here, far below a mapping that was lost.
        if (_timestamp.HasValue && Math.Abs((int)(timestamp - (uint)_timestamp.Highest)) > 5 * 90_000)
            _findings.Add($"{Name}: a sender report speaks of {timestamp} when the stream is at {(uint)_timestamp.Highest}");
    }

    /// <summary>Sends the requests that are due.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (Missing.NextDeadline <= now)
        {
            Span<long> due = stackalloc long[NacksAtOnce];
            int count = Missing.TakeDue(now, _port.RoundTrip, due);
            _port.SendNack(Ssrc, due[..count]);
        }

        if (!KeyFrames.TakeDue(now, out bool timedOut))
            return;
        if (timedOut)
            _decoder.NeedsKeyFrame = true;
        _port.SendPictureLoss(Ssrc);
    }

    private void Take(in RtpHeaderView header, ushort sequence, ReadOnlySpan<byte> payload, bool isRepaired, MonotonicTime now)
    {
        if (!FrameTag.TryRead(payload, out FrameTag tag) || !Vp8Descriptor.TryRead(payload, out Vp8Descriptor vp8))
        {
            _findings.Add($"{Name}: {sequence} carries no picture");
            return;
        }

        if (isRepaired && !_sequence.HasValue)
            return;
        long extended = isRepaired ? _sequence.Peek(sequence) : _sequence.Extend(sequence);
        var piece = new ArrivedPiece(
            extended, _timestamp.Extend(header.Timestamp), header.Marker, vp8.IsFrameStart, vp8.IsKeyFrame, vp8.PictureId, tag);
        CheckName(tag, header.Timestamp);
        if (!_pieces.TryAdd(piece))
        {
            NoteDuplicate(isRepaired);
            return;
        }

        Repaired += isRepaired ? 1 : 0;
        KeyFrames.OnPacket(vp8.IsKeyFrame, now);
        if (Missing.OnReceived(extended, now))
            KeyFrames.AskNow(now);
        if (_assembler.TryComplete(piece, out AssembledFrame frame))
            Decode(frame, now);
    }

    private void CheckName(in FrameTag tag, uint timestamp)
    {
        string? named = Names.At(timestamp)?.Participant;
        if (_port.NameOf(tag.Publisher) == _port.Name)
            _findings.Add($"{Name}: shows its own picture, {tag}");
        if (named != _port.NameOf(tag.Publisher))
            _findings.Add($"{Name}: shows {_port.NameOf(tag.Publisher)} where {named ?? "nobody"} is named, at {timestamp}, {tag}");
    }

    // Copies that the network made do not get past the replay window.
    private void NoteDuplicate(bool isRepaired)
    {
        if (isRepaired)
            RepairedInVain++;
        else
            LateOriginals++;
    }

    private void Decode(in AssembledFrame complete, MonotonicTime now)
    {
        _decoder.Add(complete);
        while (_decoder.TryDecode(out AssembledFrame frame))
        {
            Viewer.Show(frame, now);
            KeyFrames.OnDecoded(now);
            Missing.ClearUpTo(frame.Last);
        }
    }

    /// <summary>Audits what is left, at the end of a run.</summary>
    public void Finish() => _pieces.Finish();
}
