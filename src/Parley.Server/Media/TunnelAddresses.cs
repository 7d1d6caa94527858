using System.Net;
using System.Net.Sockets;
using Parley.Net.Addresses;
using Parley.Rtc.Primitives;
using Parley.Server.Configuration;

namespace Parley.Server.Media;

/// <summary>How clients reach this node's tunnel. Nothing is known before the node listens. Safe from any thread.</summary>
internal sealed class TunnelAddresses(NodeOptions options)
{
    private volatile TunnelWays _current = TunnelWays.None;

    /// <summary>The ways now: another object when they have changed.</summary>
    public TunnelWays Current => _current;

    /// <summary>Takes note of the ports that the node listens at.</summary>
    /// <param name="http">The port of HTTP.</param>
    /// <param name="own">The tunnel's own one; 0: none.</param>
    /// <param name="frontDoor">The origin at which clients reach the node, as the directory says; null: its own address.</param>
    public void Open(int http, int own, string? frontDoor)
    {
        IPAddress[] reachable = [.. MediaAddresses.Candidates(options, port: 1).Select(static address => address.ToIPAddress())];
        Uri page = new(options.Http);
        Uri? door = Uri.TryCreate(frontDoor, UriKind.Absolute, out Uri? said) && said.Port > 0 ? said : null;
        OptionsChecks.TryGetAddress(page, out IPAddress? bound);
        List<string> urls = [];
        List<TransportAddress> tcp = [];
        if (own != 0)
        {
            IPAddress listening = IPEndPoint.Parse(options.Tunnel).Address;
            urls.Add(Url(options.TunnelCertificate.Length > 0, door?.IdnHost ?? Host(listening, reachable), own));
            tcp.AddRange(Reached(listening, reachable, own));
        }

        // A door with another scheme is a proxy's: it passes HTTP on and nothing else.
        if (door is null || door.Scheme == page.Scheme)
            urls.Add(Url(page.Scheme == "https", door?.IdnHost ?? Host(bound!, reachable), door?.Port ?? http));
        tcp.AddRange(Reached(bound!, reachable, http));
        _current = new TunnelWays([.. urls.Distinct()], [.. tcp.Distinct()]);
    }

    private static string Url(bool isSecure, string host, int port)
    {
        // A page may be called localhost; the listener is at its IPv4 address alone.
        string name = host == "localhost" ? "127.0.0.1" : host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host;
        return $"{(isSecure ? "turns" : "turn")}:{name}:{port}?transport=tcp";
    }

    private static string Host(IPAddress bound, IPAddress[] reachable) =>
        (CandidateAddresses.IsWildcard(bound) ? reachable.FirstOrDefault(address => Covers(bound, address)) ?? bound : bound).ToString();

    // A listener at one address is reached there, or where a NAT before it is announced; loopback never from elsewhere.
    private IEnumerable<TransportAddress> Reached(IPAddress bound, IPAddress[] reachable, int port) => reachable
        .Where(address => CandidateAddresses.IsWildcard(bound)
            ? Covers(bound, address)
            : address.Equals(bound) || (options.Announce.Count > 0 && !IPAddress.IsLoopback(bound) && address.AddressFamily == bound.AddressFamily))
        .Select(address => TransportAddress.From(address, (ushort)port));

    private static bool Covers(IPAddress wildcard, IPAddress address) => wildcard.AddressFamily == AddressFamily.InterNetworkV6 || address.AddressFamily == AddressFamily.InterNetwork;
}
