using System.Net;
using System.Net.Sockets;
using Parley.Server.Configuration;
using Parley.Server.Problems;

namespace Parley.Server.Limits;

/// <summary>Bounds what one client address may do, so that meetings cannot be found by guessing nor the disk be filled.</summary>
internal sealed class AddressLimiter
{
    private readonly AddressBudgets _creations;
    private readonly AddressBudgets _unknown;
    private readonly AddressBudgets _previews;
    private readonly int _loopbackFactor;

    /// <summary>Makes the limiter.</summary>
    public AddressLimiter(NodeOptions options, TimeProvider time)
    {
        _creations = new AddressBudgets(options.Limits.CreationsPerMinute, time);
        _unknown = new AddressBudgets(options.Limits.UnknownLookupsPerMinute, time);
        _previews = new AddressBudgets(options.Limits.PreviewsPerMinute, time);
        _loopbackFactor = options.Limits.LoopbackFactor;
    }

    /// <summary>Counts the creation of a meeting.</summary>
    /// <exception cref="ProblemException">The address has created too many.</exception>
    public void CountCreation(IPAddress? address)
    {
        IPAddress network = Network(address);
        if (!_creations.TryTake(network, FactorOf(network)))
            throw Refusals.TooMany("This address has created many meetings in a short time.");
    }

    /// <summary>Counts a route preview.</summary>
    /// <exception cref="ProblemException">The address has asked for too many.</exception>
    public void CountPreview(IPAddress? address)
    {
        IPAddress network = Network(address);
        if (!_previews.TryTake(network, FactorOf(network)))
            throw Refusals.TooMany("This address has asked for many route previews in a short time.");
    }

    /// <summary>Refuses a look-up when the address has tried too many meetings that do not exist.</summary>
    public void CheckLookup(IPAddress? address)
    {
        IPAddress network = Network(address);
        if (!_unknown.HasAny(network, FactorOf(network)))
            throw Refusals.TooMany("This address has asked for many meetings that do not exist.");
    }

    /// <summary>Counts a look-up that found nothing.</summary>
    public void CountUnknown(IPAddress? address)
    {
        IPAddress network = Network(address);
        _unknown.TryTake(network, FactorOf(network));
    }

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

    private int FactorOf(IPAddress network) => IPAddress.IsLoopback(network) ? _loopbackFactor : 1;
}
