using System.Runtime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Media;
using Parley.Server.Meetings;
using Parley.Server.Nodes;
using Parley.Server.Signalling;
using Parley.Server.Storage;

namespace Parley.Server.Hosting;

/// <summary>A running node: API, hub, meetings, storage and shards. Several can run in one process, each with its own data directory.</summary>
public sealed class ParleyNode : IAsyncDisposable
{
    // Enough for a message that is already in a socket's buffer to be read before the socket closes.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;
    private readonly DataDirectory _data;
    private readonly NodeKeys _keys;
    private int _stopped;

    private ParleyNode(WebApplication app, DataDirectory data, NodeKeys keys)
    {
        _app = app;
        _data = data;
        _keys = keys;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        NodeId = app.Services.GetRequiredService<NodeDirectory>().Self.Id;
    }

    /// <summary>Where the API listens; with the real port when any free one was asked for.</summary>
    public Uri Address { get; }

    /// <summary>The node's id.</summary>
    public string NodeId { get; }

    /// <summary>The node's services, for tests.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts a node.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="configuration">Where logging is configured; null: defaults.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says which and what to do.</exception>
    /// <exception cref="IOException">A port or the data directory is in use, or a file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A key or the directory cannot be used; the message says why.</exception>
    public static Task<ParleyNode> StartAsync(NodeOptions options, IConfiguration? configuration = null, CancellationToken cancellation = default) =>
        StartAsync(options, configuration, static services => services.AddMedia(), cancellation);

    /// <summary>Starts a node with media of a test's own.</summary>
    internal static async Task<ParleyNode> StartAsync(NodeOptions options, IConfiguration? configuration, Action<IServiceCollection> addMedia, CancellationToken cancellation)
    {
        if (OptionsChecks.FindFault(options) is { } fault)
            throw new ArgumentException(fault);

        // A collection stops the shards too: keep the collector from blocking ones while it can.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        DataDirectory data = DataDirectory.Open(options.Data);
        NodeKeys? keys = null;
        WebApplication? app = null;
        try
        {
            keys = NodeKeys.Open(
                data.FullPath, options.OperatorKeyFile, options.DirectoryFile.Length == 0 ? null : key => DirectoryFile.Lists(options.DirectoryFile, options.OperatorKeyFile, key));
            using HeldPort silo = new();
            app = NodeBuilder.Build(options, data, keys, silo.Port, configuration, addMedia);
            await MigrateAsync(app, cancellation);
            await app.StartAsync(cancellation);
            ParleyNode node = new(app, data, keys);
            node.OpenTunnel(options);
            return node;
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            keys?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Tells every client, then stops: at most about four seconds.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        _app.Services.GetRequiredService<NodeActivity>().Stopping = true;
        _app.Services.GetRequiredService<ControlServer>().Leave();
        await _app.Services.GetRequiredService<IHubContext<MeetingHub>>().Clients.All.SendAsync("stopping", new object());
        await Task.Delay(Farewell);
        await _app.StopAsync();
    }

    /// <summary>Stops the node and lets go of all it holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        _keys.Dispose();
        _data.Dispose();
    }

    private void OpenTunnel(NodeOptions options)
    {
        string[] addresses = [.. _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
        int own = options.Tunnel.Length > 0 ? new Uri(addresses[1]).Port : 0;
        _app.Services.GetRequiredService<TunnelAddresses>().Open(Address.Port, own, _app.Services.GetRequiredService<NodeDirectory>().Self.FrontDoor);
    }

    private static async Task MigrateAsync(WebApplication app, CancellationToken cancellation)
    {
        await using ParleyDbContext database = await app.Services.GetRequiredService<IDbContextFactory<ParleyDbContext>>().CreateDbContextAsync(cancellation);
        await database.Database.MigrateAsync(cancellation);
    }
}
