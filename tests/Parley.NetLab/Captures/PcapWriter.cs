using System.Buffers.Binary;

namespace Parley.NetLab.Captures;

/// <summary>Writes packets as a pcap file (link type RAW: IP packets), which Wireshark and <see cref="PcapReader"/> read. Times are those of this process's monotonic clock.</summary>
internal sealed class PcapWriter : IDisposable
{
    public const uint Magic = 0xa1b2c3d4;
    public const int FileHeader = 24;
    public const int PacketHeader = 16;
    private const uint RawIp = 101;
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public PcapWriter(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
        Span<byte> header = stackalloc byte[FileHeader];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], RawIp);
        _file.Write(header);
    }

    public string Path { get; }

    /// <summary>Packets written.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a packet that passed at a time, us.</summary>
    public void Write(ReadOnlySpan<byte> packet, long microseconds)
    {
        Span<byte> header = stackalloc byte[PacketHeader];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)packet.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)packet.Length);
        lock (_gate)
        {
            _file.Write(header);
            _file.Write(packet);
            Count++;
        }
    }

    /// <summary>Makes what was written readable for others.</summary>
    public void Flush()
    {
        lock (_gate)
            _file.Flush();
    }

    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }
}
