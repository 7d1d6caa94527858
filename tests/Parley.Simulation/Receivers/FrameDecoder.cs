namespace Parley.Simulation.Receivers;

/// <summary>
/// Decides which frames can be decoded: a key frame always, another only right behind the frame before it. What it decodes is checked against what the publisher meant.
/// </summary>
public sealed class FrameDecoder
{
    private readonly Findings _findings;
    private readonly string _name;
    private readonly List<AssembledFrame> _waiting = [];
    private AssembledFrame _last;
    private bool _hasLast;
    private long _interval;
    private long _origin;

    /// <summary>Makes a decoder that has decoded nothing.</summary>
    public FrameDecoder(string name, Findings findings)
    {
        _name = name;
        _findings = findings;
    }

    /// <summary>Whether nothing but a key frame can be decoded.</summary>
    public bool NeedsKeyFrame { get; set; } = true;

    /// <summary>By how much changes of layer moved the timestamps of any frame against the capture times at most: pictures that run ahead of or behind their sound.</summary>
    public TimeSpan LargestShift { get; private set; }

    /// <summary>The same of frames alone that keep their distance from the one before, so that what they are moved by would stay.</summary>
    public TimeSpan LastingShift { get; private set; }

    /// <summary>Adds a complete frame.</summary>
    public void Add(in AssembledFrame frame)
    {
        if (_hasLast && frame.First <= _last.Last)
            return;
        int at = _waiting.Count;
        while (at > 0 && _waiting[at - 1].First > frame.First)
            at--;
        _waiting.Insert(at, frame);
    }

    /// <summary>Decodes the next frame that can be decoded.</summary>
    public bool TryDecode(out AssembledFrame frame)
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            frame = _waiting[i];
            if (!frame.IsKey && (NeedsKeyFrame || !_hasLast || frame.First != _last.Last + 1))
                continue;
            Check(frame);
            _waiting.RemoveRange(0, i + 1);
            NeedsKeyFrame = false;
            _last = frame;
            _hasLast = true;
            return true;
        }

        frame = default;
        return false;
    }

    private void Check(in AssembledFrame frame)
    {
        if (!_hasLast)
            return;
        int pictures = (frame.PictureId - _last.PictureId) & 0x7FFF;
        if (frame.Timestamp <= _last.Timestamp)
            _findings.Add($"{_name}: decoded {frame.Tag} at {frame.Timestamp} after {_last.Tag} at {_last.Timestamp}");
        if (pictures is 0 or > 0x3FFF || (!frame.IsKey && pictures != 1))
            _findings.Add($"{_name}: decoded {frame.Tag} with picture id {frame.PictureId} after {_last.Tag} with {_last.PictureId}");
        bool follows = frame.Tag.Publisher == _last.Tag.Publisher && frame.Tag.Layer == _last.Tag.Layer && frame.Tag.Frame == _last.Tag.Frame + 1;
        if (!frame.IsKey && !follows)
            _findings.Add($"{_name}: decoded {frame.Tag} on top of {_last.Tag}");
        NoteShift(frame);
    }

    // All layers of a camera number their frames in step, as long as all of them send. The frames before the first change of layer are where they belong.
    private void NoteShift(in AssembledFrame frame)
    {
        bool isSameLayer = frame.Tag.Layer == _last.Tag.Layer;
        long distance = frame.Timestamp - _last.Timestamp;
        long frames = (long)frame.Tag.Frame - _last.Tag.Frame;
        if (frame.Tag.Publisher != _last.Tag.Publisher)
            _interval = 0;
        else if (_interval == 0 && isSameLayer && frames > 0)
            (_interval, _origin) = (distance / frames, frame.Timestamp - (frame.Tag.Frame * (distance / frames)));
        if (_interval == 0)
            return;
        TimeSpan shift = new(Math.Abs(frame.Timestamp - _origin - (frame.Tag.Frame * _interval)) * TimeSpan.TicksPerMillisecond / 90);
        if (shift > LargestShift)
            LargestShift = shift;
        if (isSameLayer && distance > frames * _interval / 2 && shift > LastingShift)
            LastingShift = shift;
    }
}
