namespace Parley.Rtc.Ice;

/// <summary>The times of ICE.</summary>
public static class IceTiming
{
    /// <summary>How long consent holds (RFC 7675 section 5.1).</summary>
    public static readonly TimeSpan Consent = TimeSpan.FromSeconds(30);

    /// <summary>The mean time between consent checks (RFC 7675 section 5.1); each is 0.8 to 1.2 times it.</summary>
    public static readonly TimeSpan ConsentInterval = TimeSpan.FromSeconds(5);

    /// <summary>The first retransmission of an unanswered check (the pacing Ta of RFC 8445 section 14.2); doubled each time.</summary>
    public static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest time between unanswered checks.</summary>
    public static readonly TimeSpan SlowestRetransmission = TimeSpan.FromMilliseconds(1600);
}
