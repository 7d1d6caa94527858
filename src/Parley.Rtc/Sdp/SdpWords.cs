namespace Parley.Rtc.Sdp;

/// <summary>The words of enumerations on the wire.</summary>
internal static class SdpWords
{
    public static bool TryReadDirection(ReadOnlySpan<char> word, out SdpDirection direction)
    {
        direction = word switch
        {
            "sendonly" => SdpDirection.SendOnly,
            "recvonly" => SdpDirection.RecvOnly,
            "inactive" => SdpDirection.Inactive,
            _ => SdpDirection.SendRecv,
        };
        return direction != SdpDirection.SendRecv || word is "sendrecv";
    }

    public static string Of(SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.RecvOnly => "recvonly",
        SdpDirection.SendRecv => "sendrecv",
        _ => "inactive",
    };

    /// <summary>The same flow from the other side's view.</summary>
    public static SdpDirection Reverse(SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => SdpDirection.RecvOnly,
        SdpDirection.RecvOnly => SdpDirection.SendOnly,
        _ => direction,
    };

    public static SdpSetup ReadSetup(ReadOnlySpan<char> word) => word switch
    {
        "active" => SdpSetup.Active,
        "passive" => SdpSetup.Passive,
        "actpass" => SdpSetup.ActPass,
        "holdconn" => SdpSetup.HoldConn,
        _ => SdpSetup.None,
    };

    public static string Of(SdpSetup setup) => setup switch
    {
        SdpSetup.Active => "active",
        SdpSetup.Passive => "passive",
        SdpSetup.HoldConn => "holdconn",
        _ => "actpass",
    };
}
