using System.Diagnostics;
using Org.BouncyCastle.Tls;

namespace Parley.Dtls;

/// <summary>
/// The two bounded queues between the shard and the thread of a handshake, seen from the library as its datagram transport. The shard's side never waits
/// but for the short lock; the library's side waits for datagrams. Disposed, or past its deadline, it throws into the library and so ends the thread.
/// </summary>
internal sealed class DatagramQueues(TimeSpan timeout, Action activity, RecordGate? gate = null) : DatagramTransport
{
    /// <summary>Firefox sends 1,408 bytes; longer ones than a usual MTU are no handshake.</summary>
    public const int ReceiveLimit = 1_500;

    private const int SendLimit = 1_200;
    private const int MaximumIncoming = 32;
    private const int MaximumOutgoing = 64;

    private readonly object _gate = new();
    private readonly Queue<byte[]> _incoming = [];
    private readonly Queue<byte[]> _outgoing = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _handshaking = true;
    private bool _disposed;

    /// <summary>Whether the handshake was ended for its time.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Whether a datagram waits for the library.</summary>
    public bool HasIncoming
    {
        get
        {
            lock (_gate)
                return _incoming.Count > 0;
        }
    }

    /// <summary>Copies a datagram for the library; false when it was dropped: too long, no room, or disposed.</summary>
    public bool Offer(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length is 0 or > ReceiveLimit)
            return false;
        lock (_gate)
        {
            if (_disposed || _incoming.Count >= MaximumIncoming)
                return false;
            _incoming.Enqueue(datagram.ToArray());
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Takes a datagram of the library's.</summary>
    public bool TryTake(Span<byte> destination, out int length)
    {
        length = 0;
        lock (_gate)
        {
            if (!_outgoing.TryDequeue(out byte[]? datagram))
                return false;
            datagram.CopyTo(destination);
            length = datagram.Length;
            return true;
        }
    }

    /// <summary>Tells the owner that there is something to do.</summary>
    public void Notify()
    {
        try
        {
            activity();
        }
#pragma warning disable CA1031 // An owner on its way out (a closed wake-up handle) must not end the process through our thread.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The handshake is over: its deadline no longer counts.</summary>
    public void EndHandshake()
    {
        lock (_gate)
            _handshaking = false;
    }

    /// <summary>Forgets what waits for the library.</summary>
    public void ClearIncoming()
    {
        lock (_gate)
            _incoming.Clear();
    }

    /// <summary>Drops everything and ends the library's wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _incoming.Clear();
            _outgoing.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    public int GetReceiveLimit() => ReceiveLimit;

    public int GetSendLimit() => SendLimit;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    /// <summary>Waits for a datagram the whole time: a library told -1 at once asks again at once.</summary>
    public int Receive(Span<byte> buffer, int waitMillis)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (true)
            {
                ThrowIfOver();
                if (_incoming.TryDequeue(out byte[]? datagram))
                {
                    int admitted = gate?.Admit(datagram) ?? datagram.Length;
                    if (admitted > 0)
                        return Copy(datagram.AsSpan(0, admitted), buffer);
                    continue;
                }

                int left = waitMillis - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (left <= 0)
                    return -1;
                Monitor.Wait(_gate, left);
            }
        }
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            if (_disposed || _outgoing.Count >= MaximumOutgoing)
                return;
            _outgoing.Enqueue(buffer.ToArray());
        }

        Notify();
    }

    /// <summary>The library closes its transport when it is done; what it sent last must still go out, so the queues stay.</summary>
    public void Close()
    {
    }

    private static int Copy(ReadOnlySpan<byte> datagram, Span<byte> buffer)
    {
        int length = Math.Min(datagram.Length, buffer.Length);
        datagram[..length].CopyTo(buffer);
        return length;
    }

    // The library's own timeout follows the wall clock, which may be set back.
    private void ThrowIfOver()
    {
        if (_disposed)
            throw new IOException("The association was disposed.");
        if (_handshaking && Stopwatch.GetElapsedTime(_started) > timeout)
        {
            // Not the library's timeout exception: it would swallow that and ask again at once.
            IsExpired = true;
            throw new IOException("The handshake took too long.");
        }
    }
}
