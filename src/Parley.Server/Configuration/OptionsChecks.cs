using System.Net;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Server.Configuration;

/// <summary>Finds what is wrong with a node's options before anything starts.</summary>
public static class OptionsChecks
{
    /// <summary>The first fault as a sentence that says what to do; null when there is none.</summary>
    public static string? FindFault(NodeOptions options)
    {
        if (!Uri.TryCreate(options.Http, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.AbsolutePath != "/")
            return $"'{options.Http}' is no HTTP address: write http://127.0.0.1:8080 or https://[::]:443.";
        if (!TryGetAddress(url, out IPAddress? address))
            return $"'{url.Host}' is no IP address: listen on an IP address or localhost.";
        if (url.Scheme == "https" && (options.Certificate.Length == 0 || options.CertificateKey.Length == 0))
            return "HTTPS needs --certificate and --certificate-key (PEM files).";
        if (url.Scheme == "http" && !IPAddress.IsLoopback(address!) && !options.PlainHttp)
            return $"{options.Http} would serve without TLS to the network. Use https, listen on loopback, or pass --plain-http behind a proxy that ends TLS.";
        return FindTunnelFault(options) ?? FindDirectoryFault(options) ?? FindMediaFault(options);
    }

    private static string? FindTunnelFault(NodeOptions options)
    {
        if (options.Tunnel.Length > 0 && (!IPEndPoint.TryParse(options.Tunnel, out IPEndPoint? tunnel) || !options.Tunnel.EndsWith($":{tunnel.Port}", StringComparison.Ordinal)))
            return $"--tunnel: '{options.Tunnel}' is no IP address with a port: write 0.0.0.0:443 or [::]:443.";
        if ((options.TunnelCertificate.Length == 0) != (options.TunnelCertificateKey.Length == 0))
            return "--tunnel-certificate and --tunnel-certificate-key (PEM files) belong together.";
        if (options.Tunnel.Length > 0 && options.TunnelCertificate.Length == 0 && !IPAddress.IsLoopback(IPEndPoint.Parse(options.Tunnel).Address) && !options.PlainHttp)
            return $"--tunnel {options.Tunnel} would serve without TLS to the network. Pass --tunnel-certificate and --tunnel-certificate-key, or --plain-http in a lab.";
        return null;
    }

    /// <summary>The IP address of an HTTP address; false for any host name but localhost.</summary>
    public static bool TryGetAddress(Uri url, out IPAddress? address)
    {
        address = url.Host == "localhost" ? IPAddress.Loopback : null;
        return address is not null || IPAddress.TryParse(url.Host.Trim('[', ']'), out address);
    }

    private static string? FindDirectoryFault(NodeOptions options)
    {
        if (options.DirectoryFile.Length > 0 && options.OperatorKeyFile.Length == 0)
            return "--directory needs --operator-key: the directory is only believed when it is signed by that key.";
        if (options.OperatorKeyFile.Length > 0 && options.DirectoryFile.Length == 0)
            return "--operator-key needs --directory: without one, this node is its own operator.";
        if (options.Control.Length > 0 && (!IPEndPoint.TryParse(options.Control, out IPEndPoint? control) || control.Port == 0))
            return $"--control: '{options.Control}' is no IP address with a port: write 0.0.0.0:7443 or [::]:7443.";
        if (options.FrontDoor.Length > 0 && (!Uri.TryCreate(options.FrontDoor, UriKind.Absolute, out Uri? door) || door.Scheme is not ("http" or "https") || door.PathAndQuery != "/"))
            return $"--front-door: '{options.FrontDoor}' is no origin: write https://fra.example.org.";
        return null;
    }

    private static string? FindMediaFault(NodeOptions options)
    {
        if (options.Shards is < 0 or > 256)
            return "--shards must be 0 (one per core but one) to 256.";
        if (options.Capacity < 0)
            return "--capacity must be 0 (by the shards) or more participants.";
        if (options.MediaPort < 0 || options.MediaPort + Math.Max(options.Shards, 1) - 1 > ushort.MaxValue)
            return "--media-port and the ports after it, one for each shard, must be 0 (any) or 1 to 65535.";
        if (!RegionIds.IsValid(options.Region))
            return $"'{options.Region}' is no region id: 1 to 32 lower-case letters, digits and inner hyphens.";
        if (options.Data.Length == 0)
            return "--data must name a directory.";
        foreach (string announced in options.Announce)
        {
            if (!IPAddress.TryParse(announced, out IPAddress? address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
                return $"--announce: '{announced}' is no address that clients could reach.";
        }

        foreach (string proxy in options.TrustedProxies)
        {
            if (!IPAddress.TryParse(proxy, out _))
                return $"--trust-proxy: '{proxy}' is no IP address.";
        }

        return FindFenceFault(options);
    }

    private static string? FindFenceFault(NodeOptions options)
    {
        foreach (string selector in options.Geofence.Allow.Concat(options.Geofence.Deny))
        {
            if (!Selector.TryParse(selector, out _, out string? fault))
                return $"The operator's geofence: {fault}";
        }

        return options.CountryDatabase.Length > 0 && !File.Exists(options.CountryDatabase)
            ? $"The country database '{options.CountryDatabase}' is not there."
            : null;
    }
}
