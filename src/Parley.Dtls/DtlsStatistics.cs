namespace Parley.Dtls;

/// <summary>What became of a node's handshakes since its start. Safe from any thread.</summary>
public sealed class DtlsStatistics
{
    private readonly long[] _failures = new long[Enum.GetValues<DtlsFailure>().Length];
    private readonly long[] _alertsRaised = new long[256];
    private readonly long[] _alertsReceived = new long[256];
    private long _started;
    private long _connected;
    private long _refused;

    /// <summary>Handshakes begun.</summary>
    public long Started => Volatile.Read(ref _started);

    /// <summary>Handshakes finished with keys.</summary>
    public long Connected => Volatile.Read(ref _connected);

    /// <summary>Handshakes not begun because as many as allowed were under way.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Handshakes that failed for <paramref name="failure"/>.</summary>
    public long Failed(DtlsFailure failure) => Volatile.Read(ref _failures[(int)failure]);

    /// <summary>Alerts we sent with this description (RFC 5246 section 7.2).</summary>
    public long AlertsRaised(byte description) => Volatile.Read(ref _alertsRaised[description]);

    /// <summary>Alerts peers sent with this description.</summary>
    public long AlertsReceived(byte description) => Volatile.Read(ref _alertsReceived[description]);

    internal void CountStarted() => Interlocked.Increment(ref _started);

    internal void CountConnected() => Interlocked.Increment(ref _connected);

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountFailed(DtlsFailure failure) => Interlocked.Increment(ref _failures[(int)failure]);

    internal void CountRaised(short description) => Interlocked.Increment(ref _alertsRaised[(byte)description]);

    internal void CountReceived(short description) => Interlocked.Increment(ref _alertsReceived[(byte)description]);
}
