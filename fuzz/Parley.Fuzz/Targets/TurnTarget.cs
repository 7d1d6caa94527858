using System.Buffers.Binary;
using System.Text;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;
using Parley.Rtc.Turn;

namespace Parley.Fuzz.Targets;

/// <summary>
/// What comes in at the tunnel's door: a stream of any bytes towards a session without credentials, which may never get an allocation; and a row of requests that are signed here, towards one
/// that has them, which may never be led anywhere but to the two shards.
/// </summary>
internal static class TurnTarget
{
    private const string User = "9999999999:eu-fra-1:p_ada";
    private const string Nonce = "0123456789abcdef";
    private static readonly TurnKey Key = new(User, "parley", "secret");
    private static readonly TransportAddress[] Own = [TransportAddress.FromBytes([192, 0, 2, 7], 40_000), TransportAddress.FromBytes([192, 0, 2, 7], 40_001)];

    public static void Run(byte[] input)
    {
        _ = StreamOpening.Read(input.AsSpan(0, Math.Min(input.Length, StreamOpening.Length)));
        if (input.Length >= IceTcpFrame.HeaderLength)
            _ = IceTcpFrame.TryReadLength(input, out _);
        Stranger(input);
        Guest(input);
    }

    private static void Stranger(ReadOnlySpan<byte> stream)
    {
        TurnSession session = Open();
        Span<byte> response = stackalloc byte[StunConstants.MaximumLength];
        while (stream.Length >= TurnFrame.HeaderLength && TurnFrame.TryReadLength(stream, out int length) && length <= stream.Length)
        {
            TurnStep step = session.Handle(stream[..length], MonotonicTime.FromMilliseconds(1), response);
            if (step.Outcome is TurnOutcome.Data or TurnOutcome.Allocated || session.State == TurnState.Allocated)
                throw new InvalidOperationException("A stranger was let in.");
            stream = stream[length..];
        }
    }

    // Each request: a byte for the method and kind, one for the length of its attributes, then these.
    private static void Guest(ReadOnlySpan<byte> input)
    {
        TurnSession session = Open();
        Span<byte> response = stackalloc byte[StunConstants.MaximumLength];
        Span<byte> frame = stackalloc byte[TurnFrame.MaximumLength];
        for (int turn = 0; input.Length >= 2 && turn < 32; turn++)
        {
            int length = Math.Min(input[1], input.Length - 2);
            ReadOnlySpan<byte> attributes = input.Slice(2, length);
            int size = (input[0] & 0x40) != 0 ? TurnFrame.WriteChannel((ushort)(TurnFrame.FirstChannel + (input[0] & 3)), attributes, frame) : Write(input[0], attributes, frame);
            TurnStep step = session.Handle(frame[..size], MonotonicTime.FromMilliseconds(turn * 60_000), response);
            if (step.Outcome == TurnOutcome.Data && (session.Peer is not { } peer || !Own.Contains(peer) || step.DataOffset + step.DataLength > size))
                throw new InvalidOperationException("Data was led elsewhere.");
            input = input[(2 + length)..];
        }
    }

    private static int Write(byte kind, ReadOnlySpan<byte> attributes, Span<byte> frame)
    {
        bool isRequest = (kind & 0x80) == 0;
        frame[0] = 0;
        frame[1] = (byte)((kind & 0xF) | (isRequest ? 0 : 0x10));
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], StunConstants.MagicCookie);
        frame[8..StunConstants.HeaderLength].Clear();
        int at = StunConstants.HeaderLength;
        int whole = attributes.Length & ~3;
        attributes[..whole].CopyTo(frame[at..]);
        at += whole;
        if (isRequest)
        {
            at = Add(frame, at, (ushort)StunAttribute.Username, Encoding.ASCII.GetBytes(User));
            at = Add(frame, at, (ushort)TurnAttribute.Nonce, Encoding.ASCII.GetBytes(Nonce));
            Span<byte> integrity = stackalloc byte[TurnKey.LongestIntegrity];
            Key.Compute(frame, at, StunConstants.IntegrityLength, isSha256: false, integrity);
            at = Add(frame, at, (ushort)StunAttribute.MessageIntegrity, integrity[..StunConstants.IntegrityLength]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)(at - StunConstants.HeaderLength));
        return at;
    }

    private static int Add(Span<byte> frame, int at, ushort type, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame[at..], type);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(at + 2)..], (ushort)value.Length);
        value.CopyTo(frame[(at + 4)..]);
        int padded = (value.Length + 3) & ~3;
        frame.Slice(at + 4 + value.Length, padded - value.Length).Clear();
        return at + 4 + padded;
    }

    private static TurnSession Open() => new(
        new TurnSettings { Realm = "parley", Nonce = Nonce, Client = Own[0], Relayed = [Own[0]], Peers = Own }, new Authority(), new Zero());

    private sealed class Authority : ITurnAuthority
    {
        public string? FindPassword(string username, bool isAllocated) => username == User ? "secret" : null;

        public ushort Open(string username) => 50_000;
    }

    private sealed class Zero : IEntropy
    {
        public void Fill(Span<byte> destination) => destination.Clear();
    }
}
