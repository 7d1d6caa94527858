namespace Parley.Rtc.Sdp;

/// <summary>One payload type of an m-line: its <c>a=rtpmap</c>, <c>a=fmtp</c> and <c>a=rtcp-fb</c> lines.</summary>
public sealed record SdpCodec
{
    /// <summary>The payload type, 0 to 127.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>The encoding's name as written: <c>opus</c>, <c>VP8</c>, <c>rtx</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The RTP clock, Hz.</summary>
    public required int ClockRate { get; init; }

    /// <summary>Channels of audio; 0 where none are written.</summary>
    public int Channels { get; init; }

    /// <summary>The format parameters as written; empty without.</summary>
    public string FormatParameters { get; init; } = "";

    /// <summary>The feedback messages, each as written: <c>nack</c>, <c>nack pli</c>.</summary>
    public IReadOnlyList<string> Feedback { get; init; } = [];

    /// <summary>The value of one format parameter; null where it is not written.</summary>
    public string? Parameter(string name)
    {
        foreach (Range range in FormatParameters.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> pair = FormatParameters.AsSpan(range).Trim();
            int equals = pair.IndexOf('=');
            if (equals > 0 && pair[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return pair[(equals + 1)..].Trim().ToString();
        }

        return null;
    }

    /// <summary>Whether the name is this one; case does not count (RFC 4855 section 3).</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
