namespace Parley.Rtc.Srtp;

/// <summary>
/// The packet indices of one SSRC that were received: the highest, and which of the <see cref="Size"/> up to it (RFC 3711 section 3.3.2). Checked before a packet
/// is decrypted, advanced only after it proved authentic.
/// </summary>
internal sealed class ReplayWindow
{
    /// <summary>Packets that the window reaches back; video comes in bursts of hundreds.</summary>
    public const int Size = 1_024;

    private readonly ulong[] _seen = new ulong[Size / 64];

    /// <summary>The highest index received; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>The index of an RTP sequence number: the nearest to the highest, and ROC 0 where that would be below it (RFC 3711 section 3.3.1).</summary>
    public static long Estimate(long highest, ushort sequence)
    {
        if (highest < 0)
            return sequence;
        long nearest = highest + (short)(ushort)(sequence - (ushort)highest);
        return nearest < 0 ? sequence : nearest;
    }

    /// <summary>Whether a packet with this index may be new.</summary>
    public SrtpResult Check(long index)
    {
        if (index > Highest)
            return SrtpResult.Ok;
        if (Highest - index >= Size)
            return SrtpResult.TooOld;
        return (_seen[(int)(index & (Size - 1)) >> 6] & (1UL << (int)(index & 63))) == 0 ? SrtpResult.Ok : SrtpResult.Replayed;
    }

    /// <summary>Remembers an authentic packet that <see cref="Check"/> let pass.</summary>
    public void Accept(long index)
    {
        if (index > Highest)
            Advance(index);
        _seen[(int)(index & (Size - 1)) >> 6] |= 1UL << (int)(index & 63);
    }

    private void Advance(long index)
    {
        if (index - Highest >= Size)
        {
            Array.Clear(_seen);
        }
        else
        {
            for (long skipped = Highest + 1; skipped <= index; skipped++)
                _seen[(int)(skipped & (Size - 1)) >> 6] &= ~(1UL << (int)(skipped & 63));
        }

        Highest = index;
    }
}
