using System.Buffers.Binary;

namespace Parley.NetLab.Captures;

/// <summary>Reads what <see cref="PcapWriter"/> wrote.</summary>
internal static class PcapReader
{
    /// <summary>The packets of a file in the order in which they passed.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or it ends within a packet.</exception>
    public static List<CapturedPacket> Read(string path)
    {
        byte[] file = ReadAll(path);
        if (file.Length < PcapWriter.FileHeader || BinaryPrimitives.ReadUInt32LittleEndian(file) != PcapWriter.Magic)
            throw new InvalidDataException($"{path} is no pcap file.");
        List<CapturedPacket> packets = [];
        for (int at = PcapWriter.FileHeader; at < file.Length;)
        {
            ReadOnlySpan<byte> header = file.AsSpan(at);
            int length = header.Length < PcapWriter.PacketHeader ? int.MaxValue : BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            if (length < 0 || length > header.Length - PcapWriter.PacketHeader)
                throw new InvalidDataException($"{path} ends within a packet.");
            long time = (BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000L) + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            packets.Add(new CapturedPacket(time, file.AsMemory(at + PcapWriter.PacketHeader, length)));
            at += PcapWriter.PacketHeader + length;
        }

        return packets;
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
