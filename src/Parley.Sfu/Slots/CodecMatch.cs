using Parley.Rtc.Sdp;

namespace Parley.Sfu.Slots;

/// <summary>Finds a subscriber's codec for a publisher's: the same kind and compatibility. The last answer is kept, since a source hardly ever changes its codec.</summary>
public sealed class CodecMatch
{
    private IReadOnlyList<NegotiatedCodec> _codecs;
    private NegotiatedCodec? _lastSource;
    private NegotiatedCodec? _lastFound;

    /// <summary>Makes a match over a slot's codecs.</summary>
    public CodecMatch(NegotiatedMedia media) => _codecs = media.Codecs;

    /// <summary>Takes over the codecs of a re-offer.</summary>
    public void Renegotiate(NegotiatedMedia media)
    {
        _codecs = media.Codecs;
        _lastSource = null;
        _lastFound = null;
    }

    /// <summary>The subscriber's codec for a publisher's; null when there is none.</summary>
    public NegotiatedCodec? Find(NegotiatedCodec source)
    {
        if (ReferenceEquals(source, _lastSource))
            return _lastFound;
        _lastSource = source;
        _lastFound = null;
        foreach (NegotiatedCodec codec in _codecs)
        {
            if (codec.Kind == source.Kind && codec.Compatibility == source.Compatibility)
            {
                _lastFound = codec;
                break;
            }
        }

        return _lastFound;
    }

    /// <summary>Reads the last answer; see <see cref="Slot.Touch"/>.</summary>
    public int Touch() => _lastFound?.PayloadType ?? 0;

    /// <summary>Whether one of a track's codecs suits.</summary>
    public bool Suits(NegotiatedMedia track)
    {
        foreach (NegotiatedCodec theirs in track.Codecs)
        {
            foreach (NegotiatedCodec ours in _codecs)
            {
                if (ours.Kind == theirs.Kind && ours.Compatibility == theirs.Compatibility)
                    return true;
            }
        }

        return false;
    }
}
