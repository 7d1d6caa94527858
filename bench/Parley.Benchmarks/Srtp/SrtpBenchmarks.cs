using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Parley.Rtc.Srtp;

namespace Parley.Benchmarks.Srtp;

/// <summary>One video packet of 1,100 bytes through SRTP, with OpenSSL called directly and with the class library.</summary>
public class SrtpBenchmarks
{
    private const int PacketLength = 1_100;
    private const int HeaderLength = 20;
    private const int Run = 1_024;
    private const uint Ssrc = 0x1234_5678;

    private readonly byte[] _packet = new byte[PacketLength + 32];
    private readonly byte[][] _protected = new byte[Run][];
    private SrtpOutbound _outbound = null!;
    private SrtpInbound _inbound = null!;
    private long _sequence;

    [Params(SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.Aes128CmHmacSha1Tag80)]
    public SrtpProfile Profile { get; set; }

    [Params(SrtpBackend.Native, SrtpBackend.Portable)]
    public SrtpBackend Backend { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        byte[] key = new byte[Profile.KeyLength()], salt = new byte[Profile.SaltLength()];
        _outbound = new SrtpOutbound(Profile, key, salt, Backend);
        _inbound = new SrtpInbound(Profile, key, salt, maximumStreams: 4, Backend);
        for (int i = 0; i < Run; i++)
        {
            byte[] packet = new byte[PacketLength + _outbound.RtpOverhead];
            WriteHeader(packet, i);
            _outbound.ProtectRtp(packet, HeaderLength, PacketLength, i);
            _protected[i] = packet;
        }

        _sequence = Run;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _outbound.Dispose();
        _inbound.Dispose();
    }

    [Benchmark]
    public int Protect()
    {
        WriteHeader(_packet, _sequence);
        return _outbound.ProtectRtp(_packet, HeaderLength, PacketLength, _sequence++);
    }

    /// <summary>A copy of the packet is part of it: decrypting in place spoils the prepared one.</summary>
    [Benchmark(OperationsPerInvoke = Run)]
    public int Unprotect()
    {
        int accepted = 0;
        foreach (byte[] packet in _protected)
        {
            packet.CopyTo(_packet, 0);
            if (_inbound.UnprotectRtp(_packet.AsSpan(0, packet.Length), HeaderLength, out _, out _) == SrtpResult.Ok)
                accepted++;
        }

        // Else the next run would be replays.
        _inbound.RemoveStream(Ssrc);
        return accepted == Run ? accepted : throw new InvalidOperationException("A packet was refused.");
    }

    private static void WriteHeader(Span<byte> packet, long sequence)
    {
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
    }
}
