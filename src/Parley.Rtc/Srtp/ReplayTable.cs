namespace Parley.Rtc.Srtp;

/// <summary>The replay windows of an association by SSRC: bounded, and filled by authentic packets only.</summary>
internal sealed class ReplayTable(int capacity)
{
    private readonly Dictionary<uint, ReplayWindow> _windows = [];
    private ReplayWindow? _last;
    private uint _lastSsrc;

    /// <summary>How many SSRCs are known.</summary>
    public int Count => _windows.Count;

    /// <summary>Whether one more SSRC would be too many.</summary>
    public bool IsFull => _windows.Count >= capacity;

    /// <summary>The window of an SSRC; null when it is unknown.</summary>
    public ReplayWindow? Find(uint ssrc)
    {
        // Packets come in runs of one SSRC.
        if (_last is not null && _lastSsrc == ssrc)
            return _last;
        if (!_windows.TryGetValue(ssrc, out ReplayWindow? window))
            return null;
        _last = window;
        _lastSsrc = ssrc;
        return window;
    }

    /// <summary>Adds an SSRC that has just sent an authentic packet.</summary>
    public ReplayWindow Add(uint ssrc)
    {
        ReplayWindow window = new();
        _windows.Add(ssrc, window);
        return window;
    }

    /// <summary>Forgets an SSRC.</summary>
    public void Remove(uint ssrc)
    {
        _windows.Remove(ssrc);
        _last = null;
    }
}
