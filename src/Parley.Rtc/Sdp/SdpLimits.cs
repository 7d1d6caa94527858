namespace Parley.Rtc.Sdp;

/// <summary>How large a session description may be. What exceeds a list's limit is ignored; what exceeds the text's is refused.</summary>
public static class SdpLimits
{
    /// <summary>Characters of the whole text. Chromium 156 writes 5.5 kB per receiving video m-line: 512 Ki hold 90 of them.</summary>
    public const int MaximumLength = 512 * 1024;

    /// <summary>Lines of the whole text.</summary>
    public const int MaximumLines = 20_000;

    /// <summary>Characters of one line that is read.</summary>
    public const int MaximumLineLength = 4096;

    /// <summary>Bytes of a mid: it must fit a one-byte header extension (RFC 8285 section 4.2).</summary>
    public const int MaximumMidLength = 16;

    /// <summary>RTP stream ids of an m-line.</summary>
    public const int MaximumRids = 8;

    /// <summary>Entries of any other list of an m-line: extensions, SSRCs, groups, candidates.</summary>
    public const int MaximumEntries = 64;

    /// <summary>Formats of an m-line.</summary>
    public const int MaximumFormats = 128;
}
