using System.Diagnostics;
using Parley.Cli.Load.Measuring;
using Parley.Cli.Load.Media;
using Parley.Cli.Load.Peers;
using Parley.Cli.Load.Signalling;
using Parley.Net.Clocks;
using Parley.Net.Entropy;
using Parley.Rtc.Primitives;
using Parley.Sfu.Transports;

namespace Parley.Cli.Load;

/// <summary>One load run: joins everybody, waits for the warm-up, measures, says what came.</summary>
public sealed class LoadRun
{
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly LoadOptions _options;
    private readonly ILoadSignalling _signalling;
    private readonly IDtlsEndpointFactory _dtls;
    private readonly Action<string> _progress;
    private readonly LatencyHistogram _latency = new();
    private readonly SystemEntropy _entropy = new();
    private readonly List<LoadPeer> _peers = [];
    private readonly List<VideoPublisher> _publishers = [];
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Makes a run; <paramref name="progress"/> gets a line whenever there is something to say.</summary>
    public LoadRun(LoadOptions options, ILoadSignalling signalling, IDtlsEndpointFactory dtls, Action<string> progress)
    {
        _options = options;
        _signalling = signalling;
        _dtls = dtls;
        _progress = progress;
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">The server refused a peer, or a peer could not connect; the message says which.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellation)
    {
        ProcessMeter? server = _options.ServerProcess is { } process ? new(process) : null;
        long memoryBefore = server?.ResidentBytes() ?? 0;
        await _signalling.PrepareAsync(cancellation);
        using LoadLoop loop = new(_options.LocalAddress, _options.Publishers + _options.Subscribers);
        await JoinAllAsync(loop, cancellation);
        _progress($"everybody has joined; warming up for {_options.WarmUp.TotalSeconds:0} s");
        await Task.Delay(_options.WarmUp, cancellation);
        return await MeasureAsync(loop, server, memoryBefore, cancellation);
    }

    private async Task JoinAllAsync(LoadLoop loop, CancellationToken cancellation)
    {
        for (int i = 0; i < _options.Publishers; i++)
        {
            LocalPeer local = NewLocalPeer();
            RemotePeer remote = await _signalling.PublishAsync(i, local, cancellation);
            VideoPublisher publisher = new(new VideoSource(i, _options.Bitrate, _options.FrameRate), remote.Ssrc, remote.PayloadType);
            _publishers.Add(publisher);
            Add(loop, local, remote, publisher, null);
            await WaitForJoinAsync($"publisher {i + 1} of {_options.Publishers}", cancellation);
        }

        for (int i = 0; i < _options.Subscribers; i++)
        {
            int[] watched = [.. Enumerable.Range(0, _options.Publishers).Where(publisher => publisher != i || _options.Watched == _options.Publishers).Take(_options.Watched)];
            LocalPeer local = NewLocalPeer();
            RemotePeer remote = await _signalling.SubscribeAsync(i, watched, local, cancellation);
            StreamReceiver receiver = new(_options.Publishers, _latency);
            _subscriptions.Add(new(receiver, watched.Length));
            Add(loop, local, remote, null, receiver);
            await WaitForJoinAsync($"subscriber {i + 1} of {_options.Subscribers}", cancellation);
        }
    }

    private void Add(LoadLoop loop, LocalPeer local, RemotePeer remote, VideoPublisher? publisher, StreamReceiver? receiver)
    {
        LoadPeer peer = new(local, remote, _dtls, new SystemEntropy(), publisher, receiver, loop.Wake, MonotonicClock.Shared.Now);
        _peers.Add(peer);
        loop.Add(peer);
    }

    private async Task WaitForJoinAsync(string who, CancellationToken cancellation)
    {
        LoadPeer peer = _peers[^1];
        long began = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5));
        while (peer.JoinTime is null)
        {
            if (peer.Failure is { } failure)
                throw new InvalidOperationException($"{who} could not join: {failure}.");
            if (Stopwatch.GetElapsedTime(began) > JoinTimeout)
                throw new InvalidOperationException($"{who} could not join within {JoinTimeout.TotalSeconds:0} s.");
            await timer.WaitForNextTickAsync(cancellation);
        }

        _progress($"{who} joined in {peer.JoinTime.Value.TotalMilliseconds:0} ms");
    }

    private async Task<LoadResult> MeasureAsync(LoadLoop loop, ProcessMeter? server, long memoryBefore, CancellationToken cancellation)
    {
        ProcessMeter self = new(Environment.ProcessId);
        await loop.RunOnLoopAsync(ClearMeters, cancellation);
        long sentBefore = _publishers.Sum(static publisher => publisher.Packets);
        double serverBefore = server?.ProcessorSeconds() ?? 0;
        double selfBefore = self.ProcessorSeconds();
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < _options.Duration)
        {
            await Task.Delay(ProgressInterval, cancellation);
            _progress($"measuring: {Stopwatch.GetElapsedTime(began).TotalSeconds:0} of {_options.Duration.TotalSeconds:0} s");
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double serverSeconds = (server?.ProcessorSeconds() ?? 0) - serverBefore;
        LoadResult? result = null;
        double selfSeconds = self.ProcessorSeconds() - selfBefore;
        long resident = server?.ResidentBytes() ?? 0;
        await loop.RunOnLoopAsync(() => result = Summarise(seconds, sentBefore, selfSeconds), cancellation);
        return server is null ? result! : result! with
        {
            ServerProcessorSeconds = serverSeconds,
            ServerMicrosecondsPerPacket = result!.Delivered == 0 ? null : serverSeconds * 1e6 / result.Delivered,
            ServerResidentBytes = resident,
            ServerBytesPerPeer = (resident - memoryBefore) / _peers.Count,
        };
    }

    private void ClearMeters()
    {
        _latency.Clear();
        foreach (Subscription subscription in _subscriptions)
            subscription.Receiver.Clear();
    }

    private LoadResult Summarise(double seconds, long sentBefore, double selfSeconds)
    {
        StreamMeter[] streams = [.. _subscriptions.SelectMany(static subscription => subscription.Receiver.Streams).Where(static stream => stream.Received > 0)];
        int wanted = _subscriptions.Sum(static subscription => subscription.Watched);
        long delivered = streams.Sum(static stream => stream.Received);
        long lost = streams.Sum(static stream => stream.Lost);
        double[] joins = [.. _peers.Select(static peer => peer.JoinTime?.TotalMilliseconds ?? 0).Order()];
        return new()
        {
            Publishers = _options.Publishers,
            Subscribers = _options.Subscribers,
            Streams = wanted,
            Joined = _peers.Count(static peer => peer.JoinTime is not null),
            JoinMedianMs = joins[joins.Length / 2],
            JoinMaximumMs = joins[^1],
            Seconds = seconds,
            Sent = _publishers.Sum(static publisher => publisher.Packets) - sentBefore,
            Delivered = delivered,
            DeliveredPerSecond = delivered / seconds,
            Loss = delivered + lost == 0 ? 0 : (double)lost / (delivered + lost),
            SilentStreams = Math.Max(0, wanted - streams.Length),
            LatencyP50Ms = _latency.Percentile(0.5),
            LatencyP99Ms = _latency.Percentile(0.99),
            LatencyP999Ms = _latency.Percentile(0.999),
            LatencyMaximumMs = _latency.Maximum / 1000.0,
            LoadProcessorSeconds = selfSeconds,
        };
    }

    private LocalPeer NewLocalPeer() => new(_entropy.NextIceText(8), _entropy.NextIceText(24), _dtls.LocalFingerprint.ToArray());

    private sealed record Subscription(StreamReceiver Receiver, int Watched);
}
