using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Parley.Server.Configuration;
using Parley.Server.Problems;

namespace Parley.Server.Limits;

/// <summary>Bounds what one client address may do, so that meetings cannot be found by guessing nor the disk be filled.</summary>
internal sealed class AddressLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _creations;
    private readonly PartitionedRateLimiter<IPAddress> _unknown;

    /// <summary>Makes the limiter.</summary>
    public AddressLimiter(NodeOptions options)
    {
        _creations = Make(options.Limits.CreationsPerMinute, options.Limits.LoopbackFactor);
        _unknown = Make(options.Limits.UnknownLookupsPerMinute, options.Limits.LoopbackFactor);
    }

    /// <summary>Counts the creation of a meeting.</summary>
    /// <exception cref="ProblemException">The address has created too many.</exception>
    public void CountCreation(IPAddress? address)
    {
        using RateLimitLease lease = _creations.AttemptAcquire(Network(address));
        if (!lease.IsAcquired)
            throw Refusals.TooMany("This address has created many meetings in a short time.");
    }

    /// <summary>Refuses a look-up when the address has tried too many meetings that do not exist.</summary>
    public void CheckLookup(IPAddress? address)
    {
        // Whole tokens only: asking for none at all is granted on the fraction that each tenth of a second brings, which would leave guessing unbounded.
        if (_unknown.GetStatistics(Network(address)) is not { CurrentAvailablePermits: > 0 })
            throw Refusals.TooMany("This address has asked for many meetings that do not exist.");
    }

    /// <summary>Counts a look-up that found nothing.</summary>
    public void CountUnknown(IPAddress? address) => _unknown.AttemptAcquire(Network(address)).Dispose();

    /// <inheritdoc />
    public void Dispose()
    {
        _creations.Dispose();
        _unknown.Dispose();
    }

    private static PartitionedRateLimiter<IPAddress> Make(int perMinute, int loopbackFactor) =>
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        {
            int permits = IPAddress.IsLoopback(address) ? perMinute * loopbackFactor : perMinute;
            return RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, permits),
                TokensPerPeriod = Math.Max(1, permits / 6),
                ReplenishmentPeriod = TimeSpan.FromSeconds(10),
                QueueLimit = 0,
            });
        });

    /// <summary>What counts as one client: an IPv4 address, or a /64, since who has one IPv6 address has all of it.</summary>
    internal static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
