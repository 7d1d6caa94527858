using System.Buffers.Binary;
using System.Net;

namespace Parley.NetLab.Network;

/// <summary>IPv4 addresses as numbers.</summary>
internal static class Addresses
{
    /// <summary>The address as it stands in a packet, read big-endian.</summary>
    public static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    /// <summary>The address of such a number.</summary>
    public static IPAddress Of(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
