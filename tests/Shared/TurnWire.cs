using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Testing;

/// <summary>TURN messages as a client writes and reads them (RFC 8656, RFC 8489), by a hand that is not the server's.</summary>
internal sealed class TurnWire
{
    public const ushort Allocate = 0x003, Refresh = 0x004, Send = 0x016, CreatePermission = 0x008, ChannelBind = 0x009;

    private readonly List<byte> _attributes = [];
    private readonly ushort _type;

    public TurnWire(ushort type) => _type = type;

    public byte[] Id { get; } = RandomNumberGenerator.GetBytes(12);

    /// <summary>An address in the XOR form; <paramref name="ip"/> has 4 or 16 bytes.</summary>
    public static byte[] Xor(byte[] ip, int port, byte[] id)
    {
        byte[] mask = [0x21, 0x12, 0xA4, 0x42, .. id];
        byte[] value = [0, (byte)(ip.Length == 4 ? 1 : 2), (byte)((port >> 8) ^ 0x21), (byte)(port ^ 0x12), .. ip];
        for (int i = 0; i < ip.Length; i++)
            value[4 + i] ^= mask[i];
        return value;
    }

    public static byte[] Channel(ushort number, byte[] data)
    {
        byte[] frame = new byte[4 + ((data.Length + 3) & ~3)];
        BinaryPrimitives.WriteUInt16BigEndian(frame, number);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)data.Length);
        data.CopyTo(frame, 4);
        return frame;
    }

    /// <summary>The attributes of a message, by type.</summary>
    public static ILookup<int, byte[]> Attributes(byte[] message)
    {
        List<(int Type, byte[] Value)> found = [];
        for (int at = 20; at < message.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at + 2));
            found.Add((BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at)), message[(at + 4)..(at + 4 + length)]));
            at += 4 + ((length + 3) & ~3);
        }

        return found.ToLookup(one => one.Type, one => one.Value);
    }

    /// <summary>The number of ERROR-CODE; 0 for a success.</summary>
    public static int Error(byte[] message) => Attributes(message)[0x0009].FirstOrDefault() is { } value ? (value[2] * 100) + value[3] : 0;

    public TurnWire Add(int type, params byte[] value)
    {
        Span<byte> header = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)value.Length);
        _attributes.AddRange(header);
        _attributes.AddRange(value);
        while (_attributes.Count % 4 != 0)
            _attributes.Add(0);
        return this;
    }

    public TurnWire Udp() => Add(0x0019, 17, 0, 0, 0);

    public TurnWire Lifetime(byte seconds) => Add(0x000D, 0, 0, 0, seconds);

    public TurnWire Peer(byte[] ip, int port) => Add(0x0012, Xor(ip, port, Id));

    public TurnWire Number(ushort channel) => Add(0x000C, (byte)(channel >> 8), (byte)channel, 0, 0);

    public byte[] Plain() => Message(_attributes.Count);

    public byte[] Signed(string username, string password, string realm, string nonce, bool sha256 = false)
    {
        Add(0x0006, Encoding.UTF8.GetBytes(username)).Add(0x0014, Encoding.UTF8.GetBytes(realm)).Add(0x0015, Encoding.UTF8.GetBytes(nonce));
#pragma warning disable CA5351 // Prescribed by RFC 8489 section 9.2.2.
        byte[] key = MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));
#pragma warning restore CA5351
        byte[] covered = Message(_attributes.Count + 4 + (sha256 ? 32 : 20));
        return Add(sha256 ? 0x001C : 0x0008, sha256 ? HMACSHA256.HashData(key, covered) : HMACSHA1.HashData(key, covered)).Plain();
    }

    private byte[] Message(int length) => [(byte)(_type >> 8), (byte)_type, (byte)(length >> 8), (byte)length, 0x21, 0x12, 0xA4, 0x42, .. Id, .. _attributes];
}
