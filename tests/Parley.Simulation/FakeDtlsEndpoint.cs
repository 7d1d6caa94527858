using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Simulation;

/// <summary>A DTLS association without cryptography: a hello is answered with a finished, an alert closes it.</summary>
public sealed class FakeDtlsEndpoint(SrtpKeys? keys, Action activity) : IDtlsEndpoint
{
    private readonly Queue<byte[]> _outgoing = [];

    /// <summary>What a peer sends to begin.</summary>
    public static ReadOnlySpan<byte> Hello => [22, 254, 253, 1];

    /// <summary>What it is answered with.</summary>
    public static ReadOnlySpan<byte> Finished => [22, 254, 253, 20];

    /// <summary>What a peer sends to end.</summary>
    public static ReadOnlySpan<byte> CloseNotify => [21, 254, 253, 0];

    /// <summary>Whether the work is done on another thread, so that <see cref="Complete"/> must be called.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether the owner confirmed that the peer has the last flight.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc />
    public DtlsState State { get; private set; }

    /// <inheritdoc />
    public SrtpKeys? Keys => State == DtlsState.Connected ? keys : null;

    /// <inheritdoc />
    public void Feed(ReadOnlySpan<byte> datagram)
    {
        if (datagram.SequenceEqual(CloseNotify))
            State = DtlsState.Closed;
        else if (!datagram.SequenceEqual(Hello))
            return;
        else if (State == DtlsState.Connected)
            Answer();
        else if (!IsDeferred)
            Complete();
    }

    /// <summary>Ends the handshake, as a worker thread would.</summary>
    public void Complete()
    {
        if (State != DtlsState.Handshaking)
            return;
        State = keys is null ? DtlsState.Failed : DtlsState.Connected;
        Answer();
    }

    /// <inheritdoc />
    public bool TryGetOutgoing(Span<byte> destination, out int length)
    {
        length = 0;
        if (!_outgoing.TryDequeue(out byte[]? datagram))
            return false;
        datagram.CopyTo(destination);
        length = datagram.Length;
        return true;
    }

    /// <inheritdoc />
    public void Confirm() => IsConfirmed = true;

    /// <inheritdoc />
    public void Dispose() => IsDisposed = true;

    // A hello that comes again means that the answer was lost.
    private void Answer()
    {
        _outgoing.Enqueue(Finished.ToArray());
        activity();
    }
}
