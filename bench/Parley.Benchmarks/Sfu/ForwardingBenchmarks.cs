using BenchmarkDotNet.Attributes;
using Parley.Rtc.Primitives;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Benchmarks.Sfu;

/// <summary>
/// One forwarded packet of about 1,070 bytes through a real shard: decrypt, extend, cache, choose, rewrite, copy, encrypt, for 50 subscribers; and its encryption alone, by the
/// same ciphers in the same order. The difference is what the media server itself takes. System calls are in neither.
/// </summary>
public class ForwardingBenchmarks
{
    // The send queue of a shell holds as many.
    private const int SlabBytes = 1_024 * 1_536;
    private const int Packets = 1_000;
    private const int Subscribers = 50;
    private const int WarmUps = 40;
    private const int PayloadLength = 1_042;
    private const int HeaderLength = 20;

    private readonly byte[][] _packets = new byte[Packets][];
    private SimulatedShard _shard = null!;
    private SimulatedPeer _publisher = null!;
    private Vp8Source _camera = null!;
    private SlabSink _sink;
    private byte[] _slab = null!;
    private SrtpOutbound[] _outbound = null!;
    private MonotonicTime _now;
    private long _sequence;

    [GlobalSetup]
    public void Prepare()
    {
        var room = new RoomId(1);
        _shard = new SimulatedShard();
        _shard.Command(new OpenRoom(room));
        var media = new SessionBuilder(_shard.Entropy);
        string video = media.PublishVideo();
        _publisher = new SimulatedPeer(_shard, room, 1, "publisher", media).Connect();
        for (int i = 0; i < Subscribers; i++)
            new SimulatedPeer(_shard, room, 2 + i, $"viewer{i}", new SessionBuilder(_shard.Entropy).VideoSlots(1)).Connect();
        _camera = new Vp8Source(_publisher, video, 77);
        _camera.Send(isKeyFrame: true);
        _slab = new byte[SlabBytes];
        _sink = new SlabSink(_slab);
        _now = _shard.Now;
        _outbound = [.. Enumerable.Range(0, Subscribers).Select(i => new SrtpOutbound(SrtpProfile.AeadAes128Gcm, Enumerable.Repeat((byte)i, 16).ToArray(), new byte[12]))];

        // One invocation an iteration is too few for the compiler to have finished.
        for (int i = 0; i < WarmUps; i++)
        {
            Protect();
            Forward();
        }
    }

    /// <summary>A packet can be decrypted once, so each invocation gets new ones.</summary>
    [IterationSetup(Target = nameof(Forward))]
    public void Protect()
    {
        for (int i = 0; i < Packets; i++)
        {
            OutgoingRtp packet = _camera.Next();
            byte[] payload = new byte[PayloadLength];
            packet.Payload.CopyTo(payload, 0);
            _packets[i] = _publisher.Protect(packet with { Payload = payload });
        }
    }

    /// <summary>All of it, for each forwarded packet.</summary>
    [Benchmark(OperationsPerInvoke = Packets * Subscribers)]
    public long Forward()
    {
        long before = _sink.Datagrams;
        foreach (byte[] packet in _packets)
        {
            // 33,000 a second, so that every transport keeps its consent; the reports are part of it.
            _now += TimeSpan.FromTicks(300);
            int slot = _shard.Pool.TryRent();
            packet.CopyTo(_shard.Pool.Bytes(slot));
            _shard.Core.HandleDatagram(new DatagramMeta(_publisher.Address, _now), slot, packet.Length, ref _sink);
            _shard.Pool.Release(slot);
        }

        long sent = _sink.Datagrams - before;
        return sent == (long)Packets * Subscribers ? sent : throw new InvalidOperationException($"{sent} packets were forwarded.");
    }

    /// <summary>The encryption of the same packets alone.</summary>
    [Benchmark(OperationsPerInvoke = Packets * Subscribers)]
    public int Encrypt()
    {
        int written = 0, offset = 0;
        for (int i = 0; i < Packets; i++)
        {
            _sequence++;
            foreach (SrtpOutbound outbound in _outbound)
            {
                Span<byte> room = _slab.AsSpan(offset, 1_536);
                room[2] = (byte)(_sequence >> 8);
                room[3] = (byte)_sequence;
                written += outbound.ProtectRtp(room, HeaderLength, HeaderLength + PayloadLength, _sequence);
                offset += 1_536;
                if (offset + 1_536 > _slab.Length)
                    offset = 0;
            }
        }

        return written;
    }
}
