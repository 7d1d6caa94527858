using System.Buffers.Binary;
using System.Text;
using Parley.E2e.Support;
using Parley.Rtc.Stun;

namespace Parley.E2e.Hostile;

/// <summary>
/// The datagrams of a flood: noise, STUN that knows no user fragment, STUN that knows both and no password, DTLS before a check, RTP and RTCP with the meeting's SSRCs, and what fuzzing
/// kept, each changed a little every time.
/// </summary>
internal sealed class FloodRecipe
{
    private const int OfEachKind = 64;
    private const int MediaLength = 1100;
    private readonly FloodTarget _target;
    private readonly Random _random = new(Seed: 7);
    private readonly List<byte[]> _datagrams = [];

    public FloodRecipe(FloodTarget target)
    {
        _target = target;
        string[] corpora = [.. Directory.GetFiles(Path.Combine(Repository.Root, "fuzz", "corpora"), "*", SearchOption.AllDirectories)];
        for (int i = 0; i < OfEachKind; i++)
        {
            _datagrams.Add(Noise(_random.Next(1, 1400)));
            _datagrams.Add(Check(_random.NextInt64().ToString("x"), target.ClientUfrag));
            _datagrams.Add(Check(target.ServerUfrag, target.ClientUfrag));
            _datagrams.Add(Handshake());
            _datagrams.Add(Media(target.Ssrcs, 96));
            _datagrams.Add(Media(target.Ssrcs, 200));
            byte[] kept = File.ReadAllBytes(corpora[_random.Next(corpora.Length)]);
            _datagrams.Add(kept.Length is 0 or > 1400 ? Noise(20) : kept);
        }
    }

    /// <summary>Writes the next datagram, with a byte or two changed in half of them; how long it is.</summary>
    public int Write(Span<byte> room)
    {
        byte[] datagram = _datagrams[_random.Next(_datagrams.Count)];
        datagram.CopyTo(room);
        for (int changes = _random.Next(-2, 3); changes > 0; changes--)
            room[_random.Next(datagram.Length)] = (byte)_random.Next();
        return datagram.Length;
    }

    /// <summary>Writes a check that is authentic, so that the node takes the rest for the participant's; how long it is, 0 without the password.</summary>
    public int WriteOpening(Span<byte> room)
    {
        byte[] check = _target.ServerPassword is { } password ? Check(_target.ServerUfrag, _target.ClientUfrag, password, nominates: false) : [];
        check.CopyTo(room);
        return check.Length;
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    private byte[] Check(string serverUfrag, string clientUfrag) => Check(serverUfrag, clientUfrag, $"a password nobody has {_random.Next()}", nominates: true);

    private byte[] Check(string serverUfrag, string clientUfrag, string password, bool nominates)
    {
        byte[] buffer = new byte[StunConstants.MaximumLength];
        using StunIntegrityKey key = new(password);
        StunWriter writer = new(buffer, StunClass.Request, Noise(StunConstants.TransactionIdLength));
        writer.AddUsername(Encoding.ASCII.GetBytes($"{serverUfrag}:{clientUfrag}"));
        writer.AddPriority(1_853_824_767);
        writer.AddControlling((ulong)_random.NextInt64());
        if (nominates)
            writer.AddUseCandidate();
        writer.AddIntegrity(key);
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    // A record that says it is a ClientHello of DTLS 1.2 (RFC 6347 section 4.1).
    private byte[] Handshake()
    {
        byte[] record = Noise(_random.Next(60, 1400));
        new byte[] { 22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0 }.CopyTo(record, 0);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11), (ushort)(record.Length - 13));
        record[13] = 1;
        return record;
    }

    private byte[] Media(uint[] ssrcs, byte secondByte)
    {
        byte[] packet = Noise(MediaLength);
        packet[0] = 0x80;
        packet[1] = secondByte;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(secondByte < 192 ? 8 : 4), ssrcs[_random.Next(ssrcs.Length)]);
        return packet;
    }
}
