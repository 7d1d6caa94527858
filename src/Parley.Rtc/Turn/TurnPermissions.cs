using Parley.Rtc.Primitives;

namespace Parley.Rtc.Turn;

/// <summary>Which of the node's own addresses an allocation may use, and until when. There is no other address that it could learn.</summary>
internal sealed class TurnPermissions(IReadOnlyList<TransportAddress> own)
{
    /// <summary>How long a permission holds (RFC 8656 section 9).</summary>
    public static readonly TimeSpan PermissionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a channel holds (RFC 8656 section 12).</summary>
    public static readonly TimeSpan ChannelLifetime = TimeSpan.FromMinutes(10);

    private readonly MonotonicTime[] _until = new MonotonicTime[own.Count];

    /// <summary>Whether it is a shard's address and port.</summary>
    public bool IsOwn(TransportAddress address)
    {
        foreach (TransportAddress one in own)
        {
            if (one == address)
                return true;
        }

        return false;
    }

    /// <summary>Whether it is a shard's address, whatever the port: permissions name none (RFC 8656 section 9).</summary>
    public bool IsOwnHost(TransportAddress address)
    {
        foreach (TransportAddress one in own)
        {
            if (IsSameHost(one, address))
                return true;
        }

        return false;
    }

    /// <summary>Permits every shard at this address.</summary>
    public void Add(TransportAddress address, MonotonicTime now)
    {
        for (int i = 0; i < own.Count; i++)
        {
            if (IsSameHost(own[i], address))
                _until[i] = now + PermissionLifetime;
        }
    }

    /// <summary>Whether the shard at this address and port is permitted now.</summary>
    public bool Has(TransportAddress address, MonotonicTime now)
    {
        for (int i = 0; i < own.Count; i++)
        {
            if (own[i] == address)
                return now < _until[i];
        }

        return false;
    }

    private static bool IsSameHost(TransportAddress one, TransportAddress other) => one.WithPort(0) == other.WithPort(0);
}
