using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Limits;
using Parley.Server.Media;
using Parley.Server.Meetings;
using Parley.Server.Nodes;
using Parley.Server.Places;
using Parley.Server.Signalling;
using Parley.Server.Storage;
using Parley.Server.Telemetry;
using Parley.Server.Tunnel;

namespace Parley.Server.Hosting;

/// <summary>What a node's container holds.</summary>
internal static class NodeServices
{
    // Holds the largest commit of a group; and the largest offer as JSON, which writes each line's end as four characters, and one so much too large that it is told so.
    private const int LargestMessage = 2 * 1024 * 1024;

    /// <summary>Adds everything of the control plane.</summary>
    public static void AddControlPlane(this IServiceCollection services, NodeOptions options, DataDirectory data, NodeKeys keys)
    {
        services.AddSingleton(options);
        services.AddSingleton(data);
        services.AddSingleton(keys);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ResumeTokens(keys.Resume));
        services.AddSingleton<NodeActivity>();
        services.AddSingleton<Admission>();
        services.AddSingleton<GrantCourier>();
        services.AddSingleton<MeetingSurroundings>();
        services.AddSingleton<MeetingCreation>();
        services.AddSingleton<Homes>();
        services.AddSingleton<ICountryFinder, CountryDatabase>();
        services.AddSingleton<PlaceFinder>();
        services.AddSingleton<AddressLimiter>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<MeetingDoor>();
        services.AddSingleton<NodeDirectory>();
        services.AddHostedService<DirectoryWatch>();
        services.AddSingleton<GrantGate>();
        services.AddSingleton<OwnStatement>();
        services.AddSingleton<TunnelAddresses>();
        services.AddSingleton<TunnelPasses>();
        services.AddSingleton<HostedRooms>();
        services.AddSingleton<LocalLink>();
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<PeerClients>();
        services.AddSingleton<DelayTable>();
        services.AddSingleton<RelayHub>();
        services.AddSingleton<MediaNodes>();
        services.AddSingleton<IMediaNodes>(static provider => provider.GetRequiredService<MediaNodes>());
        services.AddHostedService(static provider => provider.GetRequiredService<HostedRooms>());
        services.AddHostedService(static provider => provider.GetRequiredService<MediaNodes>());
        services.AddSingleton<ControlServer>();
        services.AddHostedService(static provider => provider.GetRequiredService<ControlServer>());
        services.AddTunnel();
        services.AddSingleton<IMeetingRepository, MeetingRepository>();
        services.AddSingleton<IRouteMemories, RouteMemories>();
        services.AddPooledDbContextFactory<ParleyDbContext>(database => database
            .UseSqlite(data.ConnectionString)
            .AddInterceptors(new DurableConnection()));
        services.AddDataProtection()
            .SetApplicationName("parley")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data.FullPath, "keys", "data-protection")));
    }

    private static void AddTunnel(this IServiceCollection services)
    {
        services.AddSingleton<TunnelCounters>();
        services.AddSingleton<HalfOpenGate>();
        services.AddSingleton<Tunnels>();
        services.AddHostedService(static provider => provider.GetRequiredService<Tunnels>());
        services.AddSingleton<TunnelServices>();
        services.AddSingleton<TunnelDoor>();
        services.AddSingleton<TunnelMetrics>();
    }

    /// <summary>Adds the shards.</summary>
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<MediaNode>();
        services.AddSingleton<IMediaNode>(static provider => provider.GetRequiredService<MediaNode>());
        services.AddHostedService(static provider => provider.GetRequiredService<MediaNode>());
    }

    /// <summary>Adds HTTP and the hub.</summary>
    public static void AddEdge(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddCors();
        services.AddResponseCompression(static compression =>
        {
            // Files only: answers that mix secrets with what a caller wrote are never compressed.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "application/wasm", "application/manifest+json", "image/svg+xml"];
        });
        services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", static api => api.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Parley";
            document.Info.Version = "v1";
            document.Info.Description = "Meetings, WHIP, WHEP and the directory of a Parley node. Every error is a problem of RFC 9457 with a stable code.";
            document.Servers = [];
            return Task.CompletedTask;
        }));
        services.AddSingleton<HubCallFilter>();
        services.AddSignalR(static hub =>
        {
            hub.MaximumReceiveMessageSize = LargestMessage;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(15);
            hub.DisableImplicitFromServicesParameters = true;
            hub.AddFilter<HubCallFilter>();
        });
    }
}
