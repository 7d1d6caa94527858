using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Parley.Net.Addresses;

/// <summary>Finds the addresses that a node announces as its ICE host candidates.</summary>
public static class CandidateAddresses
{
    /// <summary>
    /// The addresses under which peers reach a socket bound to <paramref name="bound"/>, best first. Announced ones (a public address before a NAT) replace all others; a socket bound to one
    /// address has that one; a wildcard has this machine's, IPv4 before IPv6, loopback only when there is no other.
    /// </summary>
    public static IReadOnlyList<IPAddress> List(IPAddress bound, IReadOnlyList<IPAddress>? announced = null)
    {
        ArgumentNullException.ThrowIfNull(bound);
        if (announced is { Count: > 0 })
            return announced;
        return IsWildcard(bound) ? Choose(bound, MachineAddresses()) : [bound];
    }

    /// <summary>Chooses among a machine's addresses for a socket bound to the wildcard <paramref name="bound"/>: <c>0.0.0.0</c> takes IPv4 only, <c>::</c> both.</summary>
    public static IReadOnlyList<IPAddress> Choose(IPAddress bound, IEnumerable<IPAddress> machine)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var usable = machine
            .Where(address => bound.AddressFamily == AddressFamily.InterNetworkV6 || address.AddressFamily == AddressFamily.InterNetwork)
            .Where(address => !IsLinkLocal(address))
            .Distinct()
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .ToArray();
        var outside = usable.Where(address => !IPAddress.IsLoopback(address)).ToArray();
        return outside.Length > 0 ? outside : usable;
    }

    /// <summary>Whether a socket bound to this address receives on every address of the machine.</summary>
    public static bool IsWildcard(IPAddress address) => IPAddress.Any.Equals(address) || IPAddress.IPv6Any.Equals(address);

    private static IEnumerable<IPAddress> MachineAddresses() =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
        from address in card.GetIPProperties().UnicastAddresses
        select address.Address;

    // A link-local address means nothing without its interface, which a candidate cannot carry.
    private static bool IsLinkLocal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast;
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _) && bytes[0] == 169 && bytes[1] == 254;
    }
}
