using System.CommandLine;
using Parley.Server.Configuration;

namespace Parley.Cli.Serving;

/// <summary><c>parley serve</c>: runs a node until it is told to stop.</summary>
public static class ServeCommand
{
    private static readonly Option<string?> Http = new("--http") { Description = "Where pages and API are served: a URL with an IP address or localhost, http or https. Port 0: any free one. Default: http://127.0.0.1:8080.", HelpName = "URL" };
    private static readonly Option<int?> MediaPort = new("--media-port") { Description = "The first UDP port for media; shard n uses this plus n. 0: any free ones. Default: 40000.", HelpName = "PORT" };
    private static readonly Option<string?> Data = new("--data") { Description = $"Where keys and meetings are stored. Default: {DataHome.Default}.", HelpName = "DIR" };
    private static readonly Option<int?> Shards = new("--shards") { Description = "How many shards forward media, each a thread with its own port. Default: one per core but one.", HelpName = "N" };
    private static readonly Option<int?> Capacity = new("--capacity") { Description = $"How many participants this node can carry, of all meetings; further ones are sent to other nodes. Default: {NodeOptions.ParticipantsPerShard} for each shard.", HelpName = "N" };
    private static readonly Option<string?> Region = new("--region") { Description = "The id of the region this node is in, such as eu-fra. It begins the id of every meeting made here. Default: local.", HelpName = "ID" };
    private static readonly Option<string?> Directory = new("--directory") { Description = "The signed directory of all regions and nodes (parley keys sign); newer versions of the file are taken while the node runs. Default: this node is its own operator, with one region.", HelpName = "FILE" };
    private static readonly Option<string?> OperatorKey = new("--operator-key") { Description = "The operator key's public half (PEM), which the directory is held against.", HelpName = "FILE" };
    private static readonly Option<string?> Control = new("--control") { Description = "The IP address and port at which other nodes reach this one (TCP, TLS with node keys). Default: nowhere.", HelpName = "ADDR:PORT" };
    private static readonly Option<string?> FrontDoor = new("--front-door") { Description = "The origin at which browsers reach this node, where no directory says so. Default: as --http.", HelpName = "URL" };
    private static readonly Option<string[]> Announce = new("--announce") { Description = "An IP address at which clients reach the media ports; may be given several times, best first. Default: this machine's addresses.", HelpName = "ADDR" };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "The TLS certificate chain (PEM) for an https URL; read again when it changes.", HelpName = "FILE" };
    private static readonly Option<string?> CertificateKey = new("--certificate-key") { Description = "The TLS certificate's private key (PEM).", HelpName = "FILE" };
    private static readonly Option<string?> Tunnel = new("--tunnel") { Description = "Another TCP address that takes what --http takes, tunnel included: for networks that let nothing but TLS to port 443 out.", HelpName = "ADDR:PORT" };
    private static readonly Option<string?> TunnelCertificate = new("--tunnel-certificate") { Description = "The TLS certificate chain (PEM) of --tunnel; read again when it changes.", HelpName = "FILE" };
    private static readonly Option<string?> TunnelCertificateKey = new("--tunnel-certificate-key") { Description = "Its private key (PEM).", HelpName = "FILE" };
    private static readonly Option<bool> PlainHttp = new("--plain-http") { Description = "Allows http on addresses other than loopback: behind a proxy that ends TLS, or in a lab." };
    private static readonly Option<string[]> TrustProxy = new("--trust-proxy") { Description = "The IP address of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be given several times.", HelpName = "ADDR" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new(
            "serve",
            "Runs a node: web app, API, signalling and media. Settings come from appsettings.json (section \"Parley\"), then the environment (PARLEY__HTTP, PARLEY__MEDIAPORT, ...), then these options.")
        {
            Http, MediaPort, Data, Shards, Capacity, Region, Directory, OperatorKey, Control, FrontDoor, Announce, Certificate, CertificateKey, Tunnel, TunnelCertificate, TunnelCertificateKey, PlainHttp, TrustProxy,
        };
        command.SetAction(static (parsed, cancellation) => Serving.RunAsync(Flags(parsed), cancellation));
        return command;
    }

    private static Dictionary<string, string?> Flags(ParseResult parsed)
    {
        NodeFlags flags = new();
        flags.Set(nameof(NodeOptions.Http), parsed.GetValue(Http));
        flags.Set(nameof(NodeOptions.MediaPort), parsed.GetValue(MediaPort));
        flags.Set(nameof(NodeOptions.Data), parsed.GetValue(Data));
        flags.Set(nameof(NodeOptions.Shards), parsed.GetValue(Shards));
        flags.Set(nameof(NodeOptions.Capacity), parsed.GetValue(Capacity));
        flags.Set(nameof(NodeOptions.Region), parsed.GetValue(Region));
        flags.Set(nameof(NodeOptions.DirectoryFile), parsed.GetValue(Directory));
        flags.Set(nameof(NodeOptions.OperatorKeyFile), parsed.GetValue(OperatorKey));
        flags.Set(nameof(NodeOptions.Control), parsed.GetValue(Control));
        flags.Set(nameof(NodeOptions.FrontDoor), parsed.GetValue(FrontDoor));
        flags.Set(nameof(NodeOptions.Announce), parsed.GetValue(Announce));
        flags.Set(nameof(NodeOptions.Certificate), parsed.GetValue(Certificate));
        flags.Set(nameof(NodeOptions.CertificateKey), parsed.GetValue(CertificateKey));
        flags.Set(nameof(NodeOptions.Tunnel), parsed.GetValue(Tunnel));
        flags.Set(nameof(NodeOptions.TunnelCertificate), parsed.GetValue(TunnelCertificate));
        flags.Set(nameof(NodeOptions.TunnelCertificateKey), parsed.GetValue(TunnelCertificateKey));
        flags.Set(nameof(NodeOptions.PlainHttp), parsed.GetValue(PlainHttp) ? true : null);
        flags.Set(nameof(NodeOptions.TrustedProxies), parsed.GetValue(TrustProxy));
        return flags.Values;
    }
}
