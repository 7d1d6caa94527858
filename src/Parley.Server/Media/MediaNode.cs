using System.Collections.Concurrent;
using System.Net.Sockets;
using Parley.Dtls;
using Parley.Net.Shards;
using Parley.Rtc.Primitives;
using Parley.Server.Configuration;
using Parley.Server.Keys;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;
using Parley.Sfu.Shards;

namespace Parley.Server.Media;

/// <summary>The shards of this node: started before anyone can come, stopped after everyone has gone.</summary>
internal sealed class MediaNode(NodeOptions options, NodeKeys keys, TunnelAddresses tunnel, TimeProvider time, ILogger<MediaNode> log) : IMediaNode, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(1);

    private readonly List<MediaShard> _shards = [];
    private readonly ConcurrentDictionary<string, UfragOwner> _owners = new();
    private readonly CancellationTokenSource _stop = new();
    private byte[] _fingerprint = [];
    private Task _reporting = Task.CompletedTask;
    private long _lastRoom;
    private long _lastTransport;
    private long _lastLink;

    /// <inheritdoc />
    public bool IsHealthy => _shards.Count > 0 && _shards.TrueForAll(static shard => shard.IsRunning);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Fingerprint => _fingerprint;

    /// <inheritdoc />
    public IReadOnlyList<TransportAddress> Addresses => [.. _shards.SelectMany(static shard => shard.Candidates)];

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        DtlsEndpointFactory dtls = new(Certificate());
        _fingerprint = dtls.LocalFingerprint.ToArray();
        dtls.WarmUp();
        for (int number = 0; number < options.ShardCount; number++)
            _shards.Add(Open(number, dtls));
        foreach (MediaShard shard in _shards)
            shard.Start();
        _reporting = ReportAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => EndAsync();

    /// <inheritdoc />
    public UfragOwner? FindOwner(string ufrag) => _owners.GetValueOrDefault(ufrag);

    /// <inheritdoc />
    public IShardRoom OpenRoom(string meeting)
    {
        MediaShard shard = _shards.Where(static shard => shard.IsRunning).MinBy(static shard => shard.Load)
            ?? throw Refusals.MediaUnavailable("No shard of this node runs. Its operator must restart it.");
        return new ShardRoom(meeting, shard, new RoomId(Interlocked.Increment(ref _lastRoom)), new ShardRoomSettings
        {
            Fingerprint = _fingerprint,
            NextTransport = () => new TransportId(Interlocked.Increment(ref _lastTransport)),
            Tunnel = tunnel,
            Owners = _owners,
        });
    }

    /// <inheritdoc />
    public IReadOnlyList<ShardSnapshot> Snapshot() => [.. _shards.Select(static shard => shard.Snapshot())];

    /// <inheritdoc />
    public IRelayLink OpenLink(int port, RelayEnds ends) =>
        _shards.Find(shard => shard.Port == port)?.OpenLink(new RelayLinkId(Interlocked.Increment(ref _lastLink)), ends)
        ?? throw Refusals.MediaUnavailable("The shard cannot take another relay link.");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    // The same over restarts of the node: what pages and other nodes have verified stays true.
    private DtlsCertificate Certificate()
    {
        string file = Path.Combine(keys.Folder, "dtls.der");
        if (File.Exists(file) && DtlsCertificate.Restore(keys.Node, File.ReadAllBytes(file), time) is { } kept)
            return kept;
        DtlsCertificate made = DtlsCertificate.Create(keys.Node, time);
        File.WriteAllBytes(file + ".new", made.Encoded.Span);
        File.Move(file + ".new", file, overwrite: true);
        return made;
    }

    private MediaShard Open(int number, DtlsEndpointFactory dtls)
    {
        int port = options.MediaPort == 0 ? 0 : options.MediaPort + number;
        try
        {
            ShardHost host = ShardHostFactory.Create(
                new ShardHostSettings { Name = $"shard-{number}", BindAddress = MediaAddresses.Bound, Port = port },
                new ShardSettings(),
                dtls,
                fault => log.LogError(fault, "Shard {Shard} met a fault", number));
            return new MediaShard(number, host, MediaAddresses.Candidates(options, host.LocalPort), detail => log.LogError("Shard {Shard} ended a room after a fault: {Detail}", number, detail));
        }
        catch (SocketException e)
        {
            throw new IOException($"UDP port {port} cannot be had: {e.Message}. Choose another with --media-port, or 0 for any.", e);
        }
    }

    private async Task ReportAsync()
    {
        using PeriodicTimer timer = new(ReportPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (MediaShard shard in _shards)
                    shard.Post(new ReportStatistics());
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the node.
        }
    }

    private async Task EndAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _reporting;
        foreach (MediaShard shard in _shards)
            await shard.DisposeAsync();
        _shards.Clear();
    }
}
