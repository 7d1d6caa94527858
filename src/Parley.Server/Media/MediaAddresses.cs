using System.Net;
using System.Net.Sockets;
using Parley.Net.Addresses;
using Parley.Rtc.Primitives;
using Parley.Server.Configuration;

namespace Parley.Server.Media;

/// <summary>Where shards listen and how clients reach them.</summary>
internal static class MediaAddresses
{
    /// <summary>The address that shards bind: all of the machine, IPv4 and, where there is any, IPv6.</summary>
    public static IPAddress Bound => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>The candidates of a shard, best first.</summary>
    public static IReadOnlyList<TransportAddress> Candidates(NodeOptions options, int port)
    {
        IPAddress[] announced = [.. options.Announce.Select(IPAddress.Parse)];
        List<IPAddress> addresses = [.. CandidateAddresses.List(Bound, announced)];

        // Clients of a page on loopback are on this machine: loopback goes on when its network changes. Last, since Firefox cannot use it.
        if (announced.Length == 0 && OptionsChecks.TryGetAddress(new Uri(options.Http), out IPAddress? page) && IPAddress.IsLoopback(page!) && !addresses.Exists(IPAddress.IsLoopback))
            addresses.Add(IPAddress.Loopback);
        return [.. addresses.Select(address => TransportAddress.From(address, (ushort)port))];
    }
}
