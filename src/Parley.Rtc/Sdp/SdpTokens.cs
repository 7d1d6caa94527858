namespace Parley.Rtc.Sdp;

/// <summary>The words of a line, separated by blanks.</summary>
internal ref struct SdpTokens(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text.Trim();

    /// <summary>What has not been taken.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Takes the next word; empty at the end.</summary>
    public ReadOnlySpan<char> Next()
    {
        int end = _rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> word = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..].TrimStart();
        return word;
    }
}
