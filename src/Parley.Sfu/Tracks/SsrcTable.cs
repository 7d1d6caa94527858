using System.Diagnostics.CodeAnalysis;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Which layer an SSRC of one transport belongs to, and whether it carries the layer or its retransmissions. A transport has few SSRCs, so the look-up is one vectorised scan of
/// a short array; what is not in here has no state.
/// </summary>
public sealed class SsrcTable
{
    /// <summary>The most SSRCs of one transport.</summary>
    public const int Capacity = 64;

    private readonly uint[] _ssrcs = new uint[Capacity];
    private readonly LayerStream[] _layers = new LayerStream[Capacity];
    private readonly bool[] _isRtx = new bool[Capacity];

    /// <summary>How many SSRCs are known.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the layer of an SSRC.</summary>
    public bool TryFind(uint ssrc, [NotNullWhen(true)] out LayerStream? layer, out bool isRtx)
    {
        int index = _ssrcs.AsSpan(0, Count).IndexOf(ssrc);
        layer = index < 0 ? null : _layers[index];
        isRtx = index >= 0 && _isRtx[index];
        return index >= 0;
    }

    /// <summary>Adds an SSRC or gives it to another layer; the SSRC the layer had before is forgotten (the last writer wins). False when the table is full.</summary>
    public bool TryBind(uint ssrc, LayerStream layer, bool isRtx)
    {
        Remove(ssrc);
        int index = IndexOf(layer, isRtx);
        if (index < 0 && Count == Capacity)
            return false;
        if (index < 0)
            index = Count++;
        _ssrcs[index] = ssrc;
        _layers[index] = layer;
        _isRtx[index] = isRtx;
        return true;
    }

    /// <summary>Forgets an SSRC.</summary>
    public void Remove(uint ssrc)
    {
        int index = _ssrcs.AsSpan(0, Count).IndexOf(ssrc);
        if (index >= 0)
            RemoveAt(index);
    }

    /// <summary>Forgets the SSRCs of a track.</summary>
    public void Remove(Track track)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_layers[i].Track, track))
                RemoveAt(i);
        }
    }

    private int IndexOf(LayerStream layer, bool isRtx)
    {
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_layers[i], layer) && _isRtx[i] == isRtx)
                return i;
        }

        return -1;
    }

    private void RemoveAt(int index)
    {
        int last = --Count;
        _ssrcs[index] = _ssrcs[last];
        _layers[index] = _layers[last];
        _isRtx[index] = _isRtx[last];
        _layers[last] = null!;
    }
}
