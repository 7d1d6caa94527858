using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Media;

namespace Parley.Server.Nodes;

/// <summary>
/// The control endpoint: gRPC for other nodes alone, on its own listener and apart from everything that clients reach. A stranger does not get past TLS.
/// </summary>
internal sealed class ControlServer(
    NodeOptions options, NodeIdentity identity, NodeDirectory directory, HostedRooms rooms, RelayHub relays, OwnStatement statement, DelayTable delays, IMediaNode media, ILoggerFactory log)
    : IHostedService, IAsyncDisposable
{
    private const int MostStreams = 10_000;
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    private readonly NodeControlService _service = new(identity, directory, rooms, relays, statement, delays, media);
    private WebApplication? _app;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Control.Length == 0)
            return;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "parley" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(log);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(_service);
        builder.Services.AddGrpc(static grpc =>
        {
            grpc.MaxReceiveMessageSize = PeerClients.LargestMessage;
            grpc.MaxSendMessageSize = PeerClients.LargestMessage;
        });
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGrpcService<NodeControlService>();
        await _app.StartAsync(cancellationToken);
    }

    /// <summary>Answers other nodes no more, so that they take this one's people over at once: it is about to stop.</summary>
    public void Leave() => _service.Stop();

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _service.Stop();
        return _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _service.Dispose();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = MostStreams;
        kestrel.Listen(IPEndPoint.Parse(options.Control), endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            endpoint.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = identity.Context.TargetCertificate,
                SslProtocols = SslProtocols.Tls13,
                HandshakeTimeout = HandshakeTimeout,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => identity.Find(certificate) is not null,
                OnAuthenticate = (_, tls) =>
                {
                    tls.ServerCertificateContext = identity.Context;
                    tls.CertificateChainPolicy = NodeIdentity.ChainPolicy;

                    // Each connection shows its key anew: it may have been revoked since the last one.
                    tls.AllowTlsResume = false;
                },
            });
        });
    }

    // It lives and dies with the node that it belongs to.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
