namespace Parley.Rtc.Rtcp;

/// <summary>The report blocks of a sender or receiver report, read one by one.</summary>
public readonly ref struct ReportBlockList
{
    private readonly ReadOnlySpan<byte> _blocks;

    internal ReportBlockList(ReadOnlySpan<byte> blocks)
    {
        _blocks = blocks;
    }

    /// <summary>How many there are, 0 to 31.</summary>
    public int Count => _blocks.Length / ReportBlock.Length;

    /// <summary>One of them, from 0 on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public ReportBlock this[int index] => ReportBlock.Read(_blocks.Slice(index * ReportBlock.Length, ReportBlock.Length));
}
