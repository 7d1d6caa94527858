namespace Parley.Sfu.Relays;

/// <summary>The times of relay links.</summary>
public static class RelayTiming
{
    /// <summary>How long the initiator tries to connect, and how long a connected link may be silent.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>How long the other end waits to be connected to: it may have been told much earlier.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromSeconds(10);

    /// <summary>How often a link that is not connected yet is looked at beside its checks.</summary>
    public static readonly TimeSpan ConnectingPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two calls of a link; finer than any timer here needs.</summary>
    public static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(1);

    /// <summary>How long what the other end told about a row holds without being refreshed.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);

    /// <summary>The first time between two tellings of the same change, where the round trip is not longer; doubled each time.</summary>
    public static readonly TimeSpan FirstRepeat = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two tellings of the same change.</summary>
    public static readonly TimeSpan SlowestRepeat = TimeSpan.FromSeconds(1);
}
