using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Orleans.Configuration;
using Orleans.Statistics;
using Parley.Server.Configuration;
using Parley.Server.Keys;
using Parley.Server.Storage;
using Parley.Server.Tunnel;
using Parley.Server.Web;

namespace Parley.Server.Hosting;

/// <summary>Puts a node's web application together. Nothing in it is static: several nodes run in one process.</summary>
internal static class NodeBuilder
{
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(3);

    /// <summary>Builds the application; <paramref name="addMedia"/> adds the <see cref="Media.IMediaNode"/>.</summary>
    public static WebApplication Build(NodeOptions options, DataDirectory data, NodeKeys keys, int siloPort, IConfiguration? configuration, Action<IServiceCollection> addMedia)
    {
        string webRoot = options.WebRoot.Length > 0 ? Path.GetFullPath(options.WebRoot) : Path.Combine(AppContext.BaseDirectory, "wwwroot");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "parley",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = System.IO.Directory.Exists(webRoot) ? webRoot : null,
        });
        if (configuration is not null)
            builder.Configuration.AddConfiguration(configuration);
        ConfigureLogging(builder);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = Shutdown);

        // The node is stopped by whoever started it, who tells its clients first.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddControlPlane(options, data, keys);
        builder.Services.AddEdge();

        // Before the silo of the meetings: hosted services start in this order and stop in the opposite one.
        addMedia(builder.Services);
        ConfigureOrleans(builder, options, data, siloPort);

        WebApplication app = builder.Build();
        NodePipeline.Build(app, options);
        return app;
    }

    private static void ConfigureLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Parley", LogLevel.Information);

        // The keys lie in a folder that only the owner can read; nothing more is promised.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // Whoever starts the node gets the exception and says what went wrong.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // A refused call is its caller's affair; what is ours, the call filter logs.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);

        // Without a web app there is no web root; its pages say so.
        builder.Logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        builder.Logging.AddFilter("Orleans", LogLevel.Error);

        // What another node sends wrongly is answered with a status.
        builder.Logging.AddFilter("Grpc", LogLevel.None);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }

    private static void Listen(KestrelServerOptions kestrel, NodeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit.LargestIgnored;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        Uri url = new(options.Http);
        OptionsChecks.TryGetAddress(url, out IPAddress? address);
        TunnelDoor door = kestrel.ApplicationServices.GetRequiredService<TunnelDoor>();
        kestrel.Listen(address!, url.Port, endpoint => door.Guard(endpoint, url.Scheme == "https" ? Tls(kestrel, options.Certificate, options.CertificateKey) : null));
        if (options.Tunnel.Length > 0)
            kestrel.Listen(IPEndPoint.Parse(options.Tunnel), endpoint => door.Guard(endpoint, options.TunnelCertificate.Length > 0 ? Tls(kestrel, options.TunnelCertificate, options.TunnelCertificateKey) : null));
    }

    private static Action<ListenOptions> Tls(KestrelServerOptions kestrel, string certificate, string key)
    {
        PemCertificate pem = new(certificate, key, kestrel.ApplicationServices.GetRequiredService<TimeProvider>(), kestrel.ApplicationServices.GetRequiredService<ILogger<PemCertificate>>());
        return endpoint => endpoint.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = pem.Current }),
        });
    }

    // No gateway: the only client of the silo is its own process.
    private static void ConfigureOrleans(WebApplicationBuilder builder, NodeOptions options, DataDirectory data, int siloPort) => builder.UseOrleans(silo =>
    {
        string cluster = $"{options.Region}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.FullPath)).AsSpan(0, 8))}";
        silo.UseLocalhostClustering(siloPort, gatewayPort: 0, primarySiloEndpoint: null, serviceId: "parley", clusterId: cluster);
        silo.Configure<GrainCollectionOptions>(static collection => collection.CollectionAge = TimeSpan.FromMinutes(5));
        CalmSilo(silo);
    });

    // A silo that is alone: nobody wants to know its load or whether it lives, so what it polls may be slow and coincide. Grains keep the true time.
    private static void CalmSilo(ISiloBuilder silo)
    {
        silo.Configure<DeploymentLoadPublisherOptions>(static load => load.DeploymentLoadPublisherRefreshTime = TimeSpan.FromMinutes(5));
        silo.Services.AddSingleton<IEnvironmentStatisticsProvider, NoSiloStatistics>();
        UnhurriedTime time = new();
        foreach (string area in (string[])[TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership, TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory])
            silo.Services.AddKeyedSingleton<TimeProvider>(area, time);
    }
}
