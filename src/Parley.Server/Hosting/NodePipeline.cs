using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Health;
using Parley.Server.Limits;
using Parley.Server.Meetings;
using Parley.Server.Problems;
using Parley.Server.Routes;
using Parley.Server.Signalling;
using Parley.Server.Telemetry;
using Parley.Server.Web;
using Parley.Server.Whep;
using Parley.Server.Whip;

namespace Parley.Server.Hosting;

/// <summary>What a request passes, in order.</summary>
internal static class NodePipeline
{
    private const string HubPath = "/hub";

    /// <summary>Builds the pipeline.</summary>
    public static void Build(WebApplication app, NodeOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarding(options));
        app.UseSecurityHeaders(options);
        app.UseProblems();
        app.UseBodyLimit();
        app.UseResponseCompression();
        app.UseCrossOrigin();
        app.UseWebApp();
        app.UseConnectionGate(HubPath);

        app.MapMeetings();
        app.MapProbe();
        app.MapWhip();
        app.MapWhep();
        app.MapDirectory();
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHub<MeetingHub>(HubPath, static connection => connection.Transports = HttpTransportType.WebSockets);
        app.MapWebApp();
    }

    private static ForwardedHeadersOptions Forwarding(NodeOptions options)
    {
        ForwardedHeadersOptions forwarding = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarding.KnownIPNetworks.Clear();
        forwarding.KnownProxies.Clear();
        foreach (string proxy in options.TrustedProxies)
            forwarding.KnownProxies.Add(IPAddress.Parse(proxy));
        return forwarding;
    }
}
