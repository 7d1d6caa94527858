using Parley.Routing.Grants;

namespace Parley.Routing.Routes;

/// <summary>The times of a meeting's route, milliseconds unless said otherwise.</summary>
public static class RouteTimes
{
    /// <summary>How long a grant holds from its arrival, seconds.</summary>
    public const int Lifetime = 30;

    /// <summary>How often a grant in use is renewed.</summary>
    public const long Renewal = 10_000;

    /// <summary>How long a node may take to answer a grant that something waits for; then it counts as dead for this meeting.</summary>
    public const long Answer = 2_000;

    /// <summary>How long a node that is alive and says nothing to its grants is asked, where no other is left; when it holds one, at least until that ends.</summary>
    public const long LastHope = 12_000;

    /// <summary>How much must be left of a grant that cannot be renewed when its people are moved away.</summary>
    public const long RenewalMargin = 6_000;

    /// <summary>How long a node that did not answer, or refused a grant, is planned around.</summary>
    public const long Avoidance = 10_000;

    /// <summary>How long people may take to leave a node that a fence forbids; then it is closed under them (I3).</summary>
    public const long Tightening = 5_000;

    /// <summary>How long a move waits for the relays of the node it leads to.</summary>
    public const long RelayPatience = 1_000;

    /// <summary>After what time without success a move or the opening of a relay is asked for again.</summary>
    public const long Patience = 4_000;

    /// <summary>How long the host has to decide.</summary>
    public const long HostPatience = 60_000;

    /// <summary>The longest that a grant may be on its way: whoever carries grants gives one up after this time.</summary>
    public const long Transit = 5_000;

    /// <summary>How long a node may take to stop forwarding when a grant ends.</summary>
    public const long Stopping = 1_000;

    /// <summary>How long a node may carry a meeting by a grant that was just sent.</summary>
    public const long Carrying = (Lifetime * 1000L) + Transit + Stopping;

    /// <summary>The first wait before a message is sent again; each further one doubles.</summary>
    public const long FirstRetry = 400;

    /// <summary>The longest wait before a grant is sent again: two more tries within <see cref="Answer"/>.</summary>
    public const long LongestGrantRetry = 800;

    /// <summary>The longest wait before a revocation is sent again.</summary>
    public const long LongestRetry = 4_000;

    /// <summary>How far serials jump ahead when a node knows higher ones, as after a restart on a machine whose clock is behind: more than clocks may be apart.</summary>
    internal const long SerialJump = 4 * GrantSigner.Freshness * SerialsASecond;

    /// <summary>Serials between one second of starting and the next.</summary>
    internal const long SerialsASecond = 1_000;
}
