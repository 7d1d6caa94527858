using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Places;

/// <summary>Tells addresses of the Internet from those that anybody may use at home.</summary>
internal static class PublicAddresses
{
    // RFC 6890 and its registry: this network, private use, shared (carrier NAT), loopback, link-local, private use twice, and 240/4.
    private static readonly IPNetwork[] Special =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    // Global unicast (RFC 4291 section 2.4 and IANA): everything else is local or not given to anybody.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address may be somebody's on the Internet.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !Array.Exists(Special, network => network.Contains(address))
        : Global.Contains(address);
}
