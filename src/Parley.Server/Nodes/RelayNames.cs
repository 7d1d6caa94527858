using System.Net;
using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Rtc.Primitives;

namespace Parley.Server.Nodes;

/// <summary>Names and addresses of relay links.</summary>
internal static class RelayNames
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 16;
    private const int MostAddresses = 8;

    /// <summary>An ICE user fragment that no transport has, and no other link.</summary>
    public static string Ufrag() => "r" + RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>Whether a text has the form of a relay link's user fragment.</summary>
    public static bool IsUfrag(string text) => text.Length == Length + 1 && text[0] == 'r' && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>Where a node's shard with this port listens for UDP, as its statement says; those that make no sense are left out.</summary>
    public static TransportAddress[] Addresses(NodeStatement statement, int port) =>
        [.. statement.Addresses.Where(address => address.Protocol == "udp" && address.Port == port && port is > 0 and <= ushort.MaxValue && IPAddress.TryParse(address.Ip, out _))
            .Take(MostAddresses).Select(address => TransportAddress.From(IPAddress.Parse(address.Ip), (ushort)port))];
}
