namespace Parley.Server.Tunnel;

/// <summary>Why the tunnel refused something or ended, as the labels of its counters.</summary>
internal static class TunnelReasons
{
    /// <summary>The credentials' time is over.</summary>
    public const string Expired = "expired";

    /// <summary>The username is none of this node's, or the password is not its password.</summary>
    public const string WrongCredentials = "wrong-credentials";

    /// <summary>This node holds no grant for the meeting, or no longer does.</summary>
    public const string GrantMissing = "grant-missing";

    /// <summary>The participant has as many connections as it may have.</summary>
    public const string Quota = "quota";

    /// <summary>A permission, channel or datagram towards an address that is none of this node's shards.</summary>
    public const string ForeignPeer = "foreign-peer";

    /// <summary>A datagram without allocation, permission or channel.</summary>
    public const string NotPermitted = "not-permitted";

    /// <summary>A request that asks for what is not offered.</summary>
    public const string Refused = "refused";

    /// <summary>Bytes that make no sense.</summary>
    public const string Malformed = "malformed";

    /// <summary>A check with a user fragment that no transport here has.</summary>
    public const string UnknownUfrag = "unknown-ufrag";

    /// <summary>A check with the user fragment of another meeting, participant or shard.</summary>
    public const string ForeignUfrag = "foreign-ufrag";

    /// <summary>Something other than a check before one was answered.</summary>
    public const string Unchecked = "unchecked";

    /// <summary>The shard's socket was full.</summary>
    public const string ShardBusy = "shard-busy";

    /// <summary>More half-open connections than are kept: the oldest was given up.</summary>
    public const string TooManyOpen = "too-many-open";

    /// <summary>A half-open connection took too long.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>The transport that was led to has ended.</summary>
    public const string TransportEnded = "transport-ended";

    /// <summary>The allocation was not prolonged.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>The client ended it.</summary>
    public const string Left = "left";

    /// <summary>The node is going down.</summary>
    public const string Stopping = "stopping";
}
