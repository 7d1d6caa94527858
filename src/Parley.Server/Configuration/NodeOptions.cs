namespace Parley.Server.Configuration;

/// <summary>How a node runs: the section <c>Parley</c> of <c>appsettings.json</c>, the environment (<c>PARLEY__HTTP</c>, ...), then the flags of <c>parley serve</c>.</summary>
public sealed record NodeOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Parley";

    /// <summary>How many participants a shard is taken to carry, where nothing else is said.</summary>
    public const int ParticipantsPerShard = 1000;

    /// <summary>Where the HTTP API listens: an http or https URL with an IP address or <c>localhost</c>. Port 0: any free one.</summary>
    public string Http { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The first UDP port; shard number n listens on this plus n. 0: any free ones.</summary>
    public int MediaPort { get; init; } = 40000;

    /// <summary>Where keys and the database live.</summary>
    public string Data { get; init; } = "";

    /// <summary>How many shards run; 0: one per core but one, at least one.</summary>
    public int Shards { get; init; }

    /// <summary>How many participants this node can carry, those of all meetings together; 0: <see cref="ParticipantsPerShard"/> for each shard.</summary>
    public int Capacity { get; init; }

    /// <summary>The region's id.</summary>
    public string Region { get; init; } = "local";

    /// <summary>What people call the region; empty: its id.</summary>
    public string RegionName { get; init; } = "";

    /// <summary>The region's city.</summary>
    public string RegionCity { get; init; } = "";

    /// <summary>The region's country, ISO 3166-1 alpha-2; <c>ZZ</c>: not said.</summary>
    public string RegionCountry { get; init; } = "ZZ";

    /// <summary>Who runs the region.</summary>
    public string Operator { get; init; } = "self";

    /// <summary>The signed directory of all regions, as <c>parley keys sign</c> writes it; watched for newer versions. Empty: this node is its own operator, with one region.</summary>
    public string DirectoryFile { get; init; } = "";

    /// <summary>The operator key's public half (PEM), which the directory is held against.</summary>
    public string OperatorKeyFile { get; init; } = "";

    /// <summary>Where other nodes reach this one: an IP address and port to listen at, such as <c>0.0.0.0:7443</c>. Empty: nowhere.</summary>
    public string Control { get; init; } = "";

    /// <summary>The origin at which clients reach this node, such as <c>https://fra.example.org</c>; empty: <see cref="Http"/>. With a directory file, that says so.</summary>
    public string FrontDoor { get; init; } = "";

    /// <summary>IP addresses at which clients reach the shards; empty: those of this machine's interfaces.</summary>
    public IReadOnlyList<string> Announce { get; init; } = [];

    /// <summary>Allows HTTP without TLS on addresses other than loopback: behind a proxy that ends TLS, or in a lab.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The TLS certificate (chain) as a PEM file.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The TLS certificate's key as a PEM file.</summary>
    public string CertificateKey { get; init; } = "";

    /// <summary>Another address and port that takes what <see cref="Http"/> takes, such as <c>0.0.0.0:443</c>: where nothing but TLS to that port gets out. Empty: none.</summary>
    public string Tunnel { get; init; } = "";

    /// <summary>The TLS certificate (chain) of <see cref="Tunnel"/> as a PEM file; empty: no TLS there.</summary>
    public string TunnelCertificate { get; init; } = "";

    /// <summary>That certificate's key as a PEM file.</summary>
    public string TunnelCertificateKey { get; init; } = "";

    /// <summary>The folder of the built web app; empty: <c>wwwroot</c> beside the program.</summary>
    public string WebRoot { get; init; } = "";

    /// <summary>Who may show the pages in a frame: sources of CSP's <c>frame-ancestors</c>.</summary>
    public string FrameAncestors { get; init; } = "'none'";

    /// <summary>How long a participant's place is kept after its connection was lost.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most participants and players in a meeting.</summary>
    public int MaximumParticipants { get; init; } = 1000;

    /// <summary>The most hub connections that are open at once.</summary>
    public int MaximumConnections { get; init; } = 20_000;

    /// <summary>How long a hub connection may be in no meeting.</summary>
    public TimeSpan SeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limits per client address.</summary>
    public AddressLimits Limits { get; init; } = new();

    /// <summary>The operator's geofence: it holds for every meeting whose home is here, and nobody can widen it.</summary>
    public GeofenceOptions Geofence { get; init; } = new();

    /// <summary>A MaxMind DB file that tells countries of addresses, such as DB-IP Lite's; empty: nobody's place is known, which counts as outside of every country.</summary>
    public string CountryDatabase { get; init; } = "";

    /// <summary>Believes a client that says in which country it is. For the demo only: whoever pretends gets around <c>servesOnly</c>.</summary>
    public bool PretendedPlaces { get; init; }

    /// <summary>How many shards run here.</summary>
    internal int ShardCount => Shards > 0 ? Shards : Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How many participants this node can carry here.</summary>
    internal int Places => Capacity > 0 ? Capacity : ParticipantsPerShard * ShardCount;
}
