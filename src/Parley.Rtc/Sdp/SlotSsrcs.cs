using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>Gives each slot its two SSRCs: those it had before, else new ones that nobody else in the session has.</summary>
internal sealed class SlotSsrcs
{
    private readonly HashSet<uint> _taken = [0];
    private readonly IEntropy _entropy;
    private readonly NegotiatedSession? _previous;

    public SlotSsrcs(AnswerSettings settings, SessionDescription offer)
    {
        _entropy = settings.Entropy;
        _previous = settings.Previous;
        foreach (SdpMedia media in offer.Media)
        {
            foreach (SdpSsrc ssrc in media.Ssrcs)
                _taken.Add(ssrc.Ssrc);
        }

        foreach (NegotiatedMedia media in _previous?.Media ?? [])
        {
            _taken.Add(media.LocalSsrc);
            _taken.Add(media.LocalRtxSsrc);
        }
    }

    public (uint Media, uint Rtx) Take(string mid, bool withRtx)
    {
        NegotiatedMedia? before = _previous?.Media.FirstOrDefault(media => media.Mid == mid);
        uint media = before is { LocalSsrc: not 0 } ? before.LocalSsrc : Draw();
        uint rtx = !withRtx ? 0 : before is { LocalRtxSsrc: not 0 } ? before.LocalRtxSsrc : Draw();
        return (media, rtx);
    }

    private uint Draw()
    {
        uint ssrc;
        do
            ssrc = _entropy.NextUInt32();
        while (!_taken.Add(ssrc));
        return ssrc;
    }
}
