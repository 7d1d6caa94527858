using System.Net;
using System.Net.Sockets;
using Parley.Rtc.Primitives;

namespace Parley.Net.Linux;

/// <summary>A non-blocking UDP socket. One thread uses and closes it.</summary>
internal sealed unsafe class LinuxUdpSocket : IDisposable
{
    private LinuxUdpSocket(int descriptor, bool isIPv6)
    {
        Descriptor = descriptor;
        IsIPv6 = isIPv6;
    }

    /// <summary>The file descriptor.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Datagrams that the kernel dropped for want of room, since the socket was opened; wraps at 32 bits.</summary>
    public uint Overflows
    {
        get
        {
            uint* values = stackalloc uint[LinuxConstants.MemoryInfoValues];
            uint length = LinuxConstants.MemoryInfoValues * sizeof(uint);
            bool isKnown = Libc.GetSocketOption(Descriptor, LinuxConstants.LevelSocket, LinuxConstants.MemoryInfo, values, &length) == 0 && length > LinuxConstants.MemoryInfoDrops * sizeof(uint);
            return isKnown ? values[LinuxConstants.MemoryInfoDrops] : 0;
        }
    }

    /// <summary>Whether addresses are given in IPv6 form.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The bound address and port.</summary>
    public IPEndPoint LocalEndPoint { get; private set; } = new(IPAddress.Any, 0);

    /// <summary>Whether this kernel cuts runs of datagrams (GSO).</summary>
    public bool CanSegment
    {
        get
        {
            int value = 0;
            uint length = sizeof(int);
            return Libc.GetSocketOption(Descriptor, LinuxConstants.LevelUdp, LinuxConstants.UdpSegment, &value, &length) == 0;
        }
    }

    /// <summary>Opens and binds a socket; <c>::</c> also receives IPv4.</summary>
    /// <exception cref="SocketException">The address or port cannot be had.</exception>
    public static LinuxUdpSocket Open(IPEndPoint local, int bufferBytes)
    {
        bool isIPv6 = local.AddressFamily == AddressFamily.InterNetworkV6;
        int descriptor = Libc.Socket(
            isIPv6 ? LinuxConstants.AddressFamilyIPv6 : LinuxConstants.AddressFamilyIPv4,
            LinuxConstants.SocketDatagram | LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec,
            0);
        if (descriptor < 0)
            throw Errno.LastError("socket");
        var socket = new LinuxUdpSocket(descriptor, isIPv6);
        try
        {
            socket.SetBuffers(bufferBytes);
            socket.Bind(local);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Has the kernel say when each datagram arrived.</summary>
    public void AskArrivals() => TrySet(LinuxConstants.LevelSocket, LinuxConstants.ReceiveTime, 1);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Descriptor < 0)
            return;
        _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    private void SetBuffers(int bytes)
    {
        // The forced form passes the system's limit but needs a capability; the plain one stops at the limit.
        if (!TrySet(LinuxConstants.LevelSocket, LinuxConstants.ReceiveBufferForce, bytes))
            TrySet(LinuxConstants.LevelSocket, LinuxConstants.ReceiveBuffer, bytes);
        if (!TrySet(LinuxConstants.LevelSocket, LinuxConstants.SendBufferForce, bytes))
            TrySet(LinuxConstants.LevelSocket, LinuxConstants.SendBuffer, bytes);
    }

    private void Bind(IPEndPoint local)
    {
        if (IsIPv6)
            TrySet(LinuxConstants.LevelIPv6, LinuxConstants.IPv6Only, IPAddress.IPv6Any.Equals(local.Address) ? 0 : 1);
        byte* space = stackalloc byte[SocketAddressCodec.SpaceBytes];
        new Span<byte>(space, SocketAddressCodec.SpaceBytes).Clear();
        uint length = SocketAddressCodec.Write(space, TransportAddress.From(local), IsIPv6);
        if (Libc.Bind(Descriptor, space, length) < 0)
            throw Errno.LastError("bind");
        length = SocketAddressCodec.SpaceBytes;
        if (Libc.GetSocketName(Descriptor, space, &length) < 0)
            throw Errno.LastError("getsockname");
        LocalEndPoint = new IPEndPoint(local.Address, SocketAddressCodec.Read(space).Port);
    }

    private bool TrySet(int level, int name, int value) => Libc.SetSocketOption(Descriptor, level, name, &value, sizeof(int)) == 0;
}
