using Grpc.Core;
using Parley.Routing.Directory;
using Parley.Server.Directory;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Nodes;

/// <summary>Whether another node lives, how far it is and what it says of itself: asked twice a second; three questions without an answer are its death.</summary>
internal sealed class PeerPinger(string node, NodeDirectory directory, PeerClients peers, DelayTable delays, TimeProvider time, ILogger log)
{
    /// <summary>The time between two questions.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Silence after which a node counts as dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(1500);

    private const int RoundTrips = 8;
    private const int MostDelays = 1024;

    private readonly Queue<double> _roundTrips = new();
    private readonly long[] _sent = new long[16];
    private long _heard;
    private (string Text, long Expires)? _statement;
    private string _complaint = "";

    /// <summary>Whether it answers now.</summary>
    public bool IsAlive { get; private set; }

    /// <summary>Its newest statement that held against the directory and has not expired; null: none.</summary>
    public string? Statement => _statement is { } kept && Now <= kept.Expires + NodeStatementSigner.ClockTolerance ? kept.Text : null;

    /// <summary>What it drew at its start; null: it has not answered yet.</summary>
    public string? Life { get; private set; }

    /// <summary>How much it can carry, and does, as it said last.</summary>
    public NodeLoad Load { get; private set; }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Asks until cancelled; <paramref name="changed"/> is told when the node dies or comes back.</summary>
    public async Task RunAsync(Action<bool> changed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await AskAsync(changed, cancellation);
            }
            catch (Exception fault) when (fault is RpcException or InvalidOperationException or ObjectDisposedException or OperationCanceledException or IOException or TimeoutException)
            {
                // Dead, or the end of this node.
            }

            SetAlive(false, changed);
            await Task.Delay(Period, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(Action<bool> changed, CancellationToken cancellation)
    {
        if (peers.Find(node) is not { } client)
            return;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using AsyncDuplexStreamingCall<PingCall, PingAnswer> stream = client.Ping(cancellationToken: end.Token);
        Volatile.Write(ref _heard, time.GetTimestamp());
        Task reading = ReadAsync(stream, changed, end.Token);
        try
        {
            for (uint number = 1; !reading.IsCompleted; number++)
            {
                Volatile.Write(ref _sent[number % (uint)_sent.Length], time.GetTimestamp());
                await stream.RequestStream.WriteAsync(new PingCall { Number = number }, end.Token);
                if (await EndedWithinAsync(reading, Period / 2) || IsSilent() || await EndedWithinAsync(reading, Period / 2) || IsSilent())
                    return;
            }
        }
        finally
        {
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsSilent() => time.GetElapsedTime(Volatile.Read(ref _heard)) > Silence;

    private async Task<bool> EndedWithinAsync(Task reading, TimeSpan wait)
    {
        await Task.WhenAny(reading, Task.Delay(wait, time));
        return reading.IsCompleted;
    }

    private async Task ReadAsync(AsyncDuplexStreamingCall<PingCall, PingAnswer> stream, Action<bool> changed, CancellationToken end)
    {
        while (await stream.ResponseStream.MoveNext(end))
        {
            PingAnswer answer = stream.ResponseStream.Current;
            long now = time.GetTimestamp();
            Volatile.Write(ref _heard, now);
            Measure(time.GetElapsedTime(Volatile.Read(ref _sent[answer.Number % (uint)_sent.Length]), now).TotalMilliseconds);
            Life = answer.Life;
            Load = new NodeLoad(answer.Capacity, answer.Carried);
            if (answer.Statement.Length > 0)
                Take(answer.Statement);
            if (answer.Delays.Count is > 0 and <= MostDelays)
                delays.Told(node, [.. answer.Delays.Where(static delay => double.IsFinite(delay.RoundTrip) && delay.RoundTrip >= 0).Select(delay => new MeasuredDelay(node, delay.Node, delay.RoundTrip))]);
            SetAlive(true, changed);
        }
    }

    private void Measure(double roundTrip)
    {
        _roundTrips.Enqueue(roundTrip);
        if (_roundTrips.Count > RoundTrips)
            _roundTrips.Dequeue();
        delays.Measured(node, _roundTrips.Min());
    }

    private void Take(string text)
    {
        if (NodeStatementSigner.TryVerify(text, node, directory.Current, Now, out NodeStatement? read, out string? reason))
        {
            _statement = (text, read!.Expires);
            _complaint = "";
        }
        else if (_complaint != reason)
        {
            _complaint = reason!;
            log.LogWarning("The statement of node {Node} is not believed: {Reason}", node, reason);
        }
    }

    private void SetAlive(bool alive, Action<bool> changed)
    {
        if (IsAlive == alive)
            return;
        IsAlive = alive;
        if (!alive)
            delays.Forget(node);
        changed(alive);
    }
}
