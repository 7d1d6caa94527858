using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Simulation;

/// <summary>A DTLS association without cryptography: a hello is answered with a finished, an alert closes it.</summary>
public sealed class FakeDtlsEndpoint : IDtlsEndpoint
{
    private readonly Queue<byte[]> _outgoing = [];
    private readonly SrtpKeys? _keys;
    private readonly Action _activity;
    private readonly DtlsRole _role;

    /// <summary>Makes an association; as client it has a hello to send.</summary>
    public FakeDtlsEndpoint(SrtpKeys? keys, Action activity, DtlsRole role = DtlsRole.Server)
    {
        _keys = keys;
        _activity = activity;
        _role = role;
        if (role == DtlsRole.Client)
            Nudge();
    }

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
    public SrtpKeys? Keys => State == DtlsState.Connected ? _keys : null;

    /// <inheritdoc />
    public void Feed(ReadOnlySpan<byte> datagram)
    {
        if (datagram.SequenceEqual(CloseNotify))
            State = DtlsState.Closed;
        else if (_role == DtlsRole.Client)
            OnAnswer(datagram);
        else if (!datagram.SequenceEqual(Hello))
            return;
        else if (State == DtlsState.Connected)
            Answer();
        else if (!IsDeferred)
            Complete();
    }

    /// <summary>Whether it still waits for its peer.</summary>
    public bool IsHandshaking => State == DtlsState.Handshaking;

    /// <summary>As client, says hello again, as a worker thread would after a while without an answer.</summary>
    public void Nudge()
    {
        if (State != DtlsState.Handshaking)
            return;
        _outgoing.Enqueue(Hello.ToArray());
        _activity();
    }

    /// <summary>Ends the handshake, as a worker thread would.</summary>
    public void Complete()
    {
        if (State != DtlsState.Handshaking)
            return;
        State = _keys is null ? DtlsState.Failed : DtlsState.Connected;
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

    private void OnAnswer(ReadOnlySpan<byte> datagram)
    {
        if (State != DtlsState.Handshaking || !datagram.SequenceEqual(Finished))
            return;
        State = _keys is null ? DtlsState.Failed : DtlsState.Connected;
        _activity();
    }

    // A hello that comes again means that the answer was lost.
    private void Answer()
    {
        _outgoing.Enqueue(Finished.ToArray());
        _activity();
    }
}
