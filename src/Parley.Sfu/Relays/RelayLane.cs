using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Sfu.Rooms;
using Parley.Sfu.Slots;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Relays;

/// <summary>One layer of an offered source on its way out: a slot of its own that shows this layer and nothing else, so that its numbers differ from the source's by constants.</summary>
public sealed class RelayLane
{
    private readonly RelayOutlet _outlet;
    private AssignedSlot? _slot;

    /// <summary>Makes a lane that carries nothing.</summary>
    public RelayLane(RelayOutlet outlet, int index, uint ssrc, uint rtxSsrc)
    {
        _outlet = outlet;
        Index = index;
        Ssrc = ssrc;
        RtxSsrc = rtxSsrc;
    }

    /// <summary>The layer's index, lowest 0.</summary>
    public int Index { get; }

    /// <summary>Its SSRC on the link.</summary>
    public uint Ssrc { get; }

    /// <summary>The SSRC of its retransmissions; 0 for sound.</summary>
    public uint RtxSsrc { get; }

    /// <summary>The slot; null before it was wanted for the first time.</summary>
    public AssignedSlot? Slot => _slot;

    /// <summary>Whether the other end wants it.</summary>
    public bool IsWanted => _slot?.Source is not null;

    /// <summary>Begins to carry the layer of a source.</summary>
    public void Open(RelayLink link, Source source)
    {
        if (IsWanted)
            return;
        _slot ??= AssignedSlot.Of(link.Id, new Slot(MediaOf(), link.Transport, link.Context.Slots, isExact: true));
        _slot.Assign(source);
        if (!link.Opened.Contains(this))
            link.Opened.Add(this);
    }

    /// <summary>What a sender report says of the layer although nothing was sent yet, or not for long; false while the layer's clock is not known.</summary>
    public bool TryReportClock(MonotonicTime now, out SlotReport report)
    {
        report = default;
        LayerStream layer = _outlet.Publication.Track.Layers[Index];
        if (!layer.HasReport)
            return false;
        if (!_slot!.Slot.TryReportAgain(now, out report))
            report = new SlotReport(Ssrc, (uint)layer.TimestampAt(now, _outlet.Codecs[0].ClockRate), 0, 0);
        return true;
    }

    /// <summary>Carries nothing any more.</summary>
    public void Close() => _slot?.Assign(null);

    /// <summary>Aims at the layer, and asks for the key frame with which it can begin.</summary>
    public void Tend(bool isLive, MonotonicTime now)
    {
        if (_slot?.Source is not { Kind: MediaKind.Video } source)
            return;
        if (_slot.Slot.SetTarget(Index, isLive ? 1u << Index : 0))
            source.Invalidate();
        Room.RequestKeyFrame(_slot, _slot.Slot.WantedKeyFrame, now);
    }

    private NegotiatedMedia MediaOf() => new()
    {
        Mid = "",
        Kind = _outlet.Kind,
        Publishes = false,
        Receives = true,
        Codecs = _outlet.Codecs,
        Extensions = RelayExtensions.Map,
        LocalSsrc = Ssrc,
        LocalRtxSsrc = RtxSsrc,
    };
}
