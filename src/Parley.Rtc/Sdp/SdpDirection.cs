namespace Parley.Rtc.Sdp;

/// <summary>Which way media flows, from the view of the description's author (RFC 8866 section 6.7).</summary>
[Flags]
public enum SdpDirection : byte
{
    /// <summary>Neither way.</summary>
    Inactive = 0,

    /// <summary>The author sends.</summary>
    SendOnly = 1,

    /// <summary>The author receives.</summary>
    RecvOnly = 2,

    /// <summary>Both ways.</summary>
    SendRecv = SendOnly | RecvOnly,
}
