using System.Net;
using System.Net.Sockets;
using Parley.Net.Loops;

namespace Parley.Net.Portable;

/// <summary>Wakes a loop of plain sockets: a loopback UDP socket connected to itself, so that nobody else's datagram comes in.</summary>
internal sealed class LoopbackWake : IWakePort, IDisposable
{
    private static readonly byte[] Signal = [1];
    private readonly byte[] _taken = new byte[1];

    /// <summary>Makes the socket.</summary>
    public LoopbackWake()
    {
        IPAddress loopback = Socket.OSSupportsIPv4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        Socket = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        Socket.Bind(new IPEndPoint(loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
    }

    /// <summary>What the loop watches.</summary>
    public Socket Socket { get; }

    /// <inheritdoc />
    public void Raise()
    {
        try
        {
            Socket.Send(Signal, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended: nobody is left to wake.
        }
    }

    /// <summary>Takes the pending wake-up; the socket is readable.</summary>
    public void Clear() => Socket.Receive(_taken, SocketFlags.None, out _);

    /// <inheritdoc />
    public void Dispose() => Socket.Dispose();
}
