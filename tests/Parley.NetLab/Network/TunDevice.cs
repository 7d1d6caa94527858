using System.Text;

namespace Parley.NetLab.Network;

/// <summary>A TUN device (IP packets, no Ethernet) in a namespace, whose other end is this descriptor. It goes with it.</summary>
internal sealed class TunDevice : IDisposable
{
    private const int NameLength = 16;
    private const int RequestLength = 40;
    private const byte Tun = 0x01;
    private const byte NoPacketInformation = 0x10; // The second byte of IFF_NO_PI.

    private TunDevice(int descriptor) => Descriptor = descriptor;

    /// <summary>Reads what the namespace sends, writes what it receives; never blocks.</summary>
    public int Descriptor { get; }

    /// <summary>Makes the device.</summary>
    public static TunDevice Open(NetworkNamespace place, string name) => place.Run(() =>
    {
        int descriptor = Libc.Open("/dev/net/tun", Libc.ReadWrite | Libc.NonBlocking);
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        Encoding.ASCII.GetBytes(name, request[..(NameLength - 1)]);
        request[NameLength] = Tun;
        request[NameLength + 1] = NoPacketInformation;
        Libc.Control(descriptor, Libc.SetTunInterface, request);
        return new TunDevice(descriptor);
    });

    public void Dispose() => _ = Libc.Close(Descriptor);
}
