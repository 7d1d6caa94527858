using System.Net;
using Parley.Net.Loops;
using Parley.Net.Shards;
using Parley.Rtc.Primitives;

namespace Parley.Net.Clients;

/// <summary>
/// Many UDP sockets on one thread, each with a port of its own: the peers of a load test, every one with a 5-tuple of its own. The owner's thread calls <see cref="Turn"/> in a loop; only
/// <see cref="Wake"/> may be called from others.
/// </summary>
public sealed class UdpSocketSet : IDisposable
{
    private readonly LoopCounters _counters = new();
    private readonly LinuxSocketSet? _linux;
    private readonly PortableSocketSet? _portable;

    /// <summary>Opens <paramref name="count"/> sockets on free ports of an address.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be had, or the process may not open so many.</exception>
    public UdpSocketSet(IPAddress bind, int count, ShellKind shell = ShellKind.Automatic, int socketBufferBytes = 1 << 20)
    {
        ArgumentNullException.ThrowIfNull(bind);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (ShellChoice.For(shell) == ShellKind.Linux)
            _linux = new LinuxSocketSet(bind, count, socketBufferBytes, _counters);
        else
            _portable = new PortableSocketSet(bind, count, socketBufferBytes, _counters);
    }

    /// <summary>What the set counts, over all sockets.</summary>
    public ShellCounters Counters => _counters.Snapshot(commandsRefused: 0);

    /// <summary>The bound address and port of a socket.</summary>
    public IPEndPoint LocalEndPoint(int socket) => _linux is not null ? _linux.LocalEndPoint(socket) : _portable!.LocalEndPoint(socket);

    /// <summary>Where datagrams from a socket are written; they go out at the end of the turn at the latest, or with <see cref="Flush"/>.</summary>
    public ClientSink Sink(int socket) => new(this, socket);

    /// <summary>Sends what is written, waits until a socket has something, <paramref name="until"/> has come or <see cref="Wake"/> is called, then hands over what was received.</summary>
    public void Turn<THandler>(MonotonicTime until, ref THandler handler)
        where THandler : struct, IClientHandler
    {
        _counters.Turns++;
        if (_linux is not null)
            _linux.Turn(until, ref handler);
        else
            _portable!.Turn(until, ref handler);
    }

    /// <summary>Sends what is written.</summary>
    public void Flush() => _linux?.Flush();

    /// <summary>Makes the turn return, from any thread.</summary>
    public void Wake()
    {
        if (_linux is not null)
            _linux.Wake.Signal();
        else
            _portable!.Wake.Signal();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _linux?.Dispose();
        _portable?.Dispose();
    }

    internal Span<byte> Reserve(int socket, int length) =>
        _linux is not null ? _linux.Reserve(socket, length) : _portable!.Reserve(socket, length);

    internal void Commit(int socket, in TransportAddress destination, int length)
    {
        if (_linux is not null)
            _linux.Commit(in destination, length);
        else
            _portable!.Commit(socket, in destination, length);
    }
}
