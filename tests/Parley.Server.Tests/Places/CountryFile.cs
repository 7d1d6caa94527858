using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Tests.Places;

/// <summary>Writes a small database of countries in the MaxMind DB format, version 2.0, with an IPv6 tree of 24-bit records in which IPv4 is ::/96.</summary>
internal sealed class CountryFile
{
    private const int None = -1;
    private const int DataOffset = 16;

    // Two records a node: a node, or a country as its complement minus one.
    private readonly List<int[]> _nodes = [[None, None]];
    private readonly List<string> _countries = [];

    /// <summary>Says in which country a network is.</summary>
    public CountryFile Add(string network, string country)
    {
        IPNetwork parsed = IPNetwork.Parse(network);
        bool isV4 = parsed.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        byte[] bits = new byte[16];
        parsed.BaseAddress.GetAddressBytes().CopyTo(bits, isV4 ? 12 : 0);
        int length = parsed.PrefixLength + (isV4 ? 96 : 0);
        int node = 0;
        for (int i = 0; i < length - 1; i++)
            node = Next(node, Bit(bits, i));
        _countries.Add(country);
        _nodes[node][Bit(bits, length - 1)] = -1 - _countries.Count;
        return this;
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path)
    {
        List<byte> data = [];
        int[] offsets = new int[_countries.Count];
        for (int i = 0; i < _countries.Count; i++)
        {
            offsets[i] = data.Count;
            Map(data, 1);
            Text(data, "country");
            Map(data, 1);
            Text(data, "iso_code");
            Text(data, _countries[i]);
        }

        using FileStream file = File.Create(path);
        foreach (int record in _nodes.SelectMany(static node => node))
            file.Write(Record(record, offsets));
        file.Write(new byte[DataOffset]);
        file.Write(data.ToArray());
        file.Write([0xab, 0xcd, 0xef, .. "MaxMind.com"u8]);
        file.Write(Metadata());
    }

    private static int Bit(byte[] bits, int index) => (bits[index / 8] >> (7 - (index % 8))) & 1;

    private static void Map(List<byte> to, int entries) => to.Add((byte)((7 << 5) | entries));

    private static void Text(List<byte> to, string text)
    {
        Assert.True(text.Length < 29);
        to.Add((byte)((2 << 5) | text.Length));
        to.AddRange(Encoding.UTF8.GetBytes(text));
    }

    private static void Number(List<byte> to, int type, uint value)
    {
        to.Add((byte)((type << 5) | 4));
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        to.AddRange(bytes);
    }

    private int Next(int node, int side)
    {
        if (_nodes[node][side] < 0)
        {
            _nodes[node][side] = _nodes.Count;
            _nodes.Add([None, None]);
        }

        return _nodes[node][side];
    }

    private byte[] Record(int record, int[] offsets)
    {
        int value = record switch
        {
            >= 0 => record,
            None => _nodes.Count,
            _ => _nodes.Count + DataOffset + offsets[-2 - record],
        };
        return [(byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    private byte[] Metadata()
    {
        List<byte> data = [];
        Map(data, 9);
        Text(data, "binary_format_major_version");
        data.AddRange([(5 << 5) | 1, 2]);
        Text(data, "binary_format_minor_version");
        data.Add(5 << 5);
        Text(data, "build_epoch");
        data.AddRange([1, 2, 1]);
        Text(data, "database_type");
        Text(data, "Test-Country");
        Text(data, "description");
        Map(data, 0);
        Text(data, "ip_version");
        data.AddRange([(5 << 5) | 1, 6]);
        Text(data, "languages");
        data.AddRange([0, 4]);
        Text(data, "node_count");
        Number(data, 6, (uint)_nodes.Count);
        Text(data, "record_size");
        data.AddRange([(5 << 5) | 1, 24]);
        return [.. data];
    }
}
