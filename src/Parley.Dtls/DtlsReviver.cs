namespace Parley.Dtls;

/// <summary>
/// One thread for what comes after handshakes; it ends when idle and starts again when needed. Each association waits here at most once, whatever its peer sends.
/// </summary>
internal sealed class DtlsReviver
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly Queue<DtlsEndpoint> _waiting = [];
    private bool _running;

    public void Enqueue(DtlsEndpoint endpoint)
    {
        lock (_gate)
        {
            _waiting.Enqueue(endpoint);
            if (_running)
            {
                Monitor.Pulse(_gate);
                return;
            }

            _running = DtlsThread.TryStart("parley-dtls-late", Run);
        }
    }

    private void Run()
    {
        while (TryDequeue(out DtlsEndpoint? endpoint))
            endpoint.Revive();
    }

    private bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DtlsEndpoint? endpoint)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out endpoint))
                return true;
            Monitor.Wait(_gate, IdleTime);
            _running = _waiting.TryDequeue(out endpoint);
            return _running;
        }
    }
}
