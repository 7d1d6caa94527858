using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>Encodes statuses into chunks and deltas, chunk by chunk, each the one that takes the most symbols; deltas are collected aside since the chunks stand before them.</summary>
internal ref struct StatusEncoder
{
    private const int PerOneBit = 14;
    private const int PerTwoBit = 7;

    private readonly ReadOnlySpan<ArrivedPacket> _arrived;
    private readonly long _base;
    private readonly Span<byte> _destination;
    private readonly Span<byte> _deltas;
    private long _ticks;
    private int _chunkBytes;
    private int _deltaBytes;

    internal StatusEncoder(ReadOnlySpan<ArrivedPacket> arrived, long baseSequence, long referenceTicks, Span<byte> destination, Span<byte> deltas)
    {
        _arrived = arrived;
        _base = baseSequence;
        _ticks = referenceTicks;
        _destination = destination;
        _deltas = deltas;
    }

    /// <summary>Statuses encoded so far.</summary>
    internal int Statuses { get; private set; }

    /// <summary>Packets among them.</summary>
    internal int Packets { get; private set; }

    /// <summary>Appends one chunk with its deltas; false when all is encoded or it does not fit.</summary>
    internal bool TryAppend()
    {
        // Three bytes stay for the padding to whole words.
        int room = _destination.Length - _chunkBytes - _deltaBytes - 2 - 3;
        if (Packets == _arrived.Length || room < 0)
            return false;
        Span<byte> symbols = stackalloc byte[PerOneBit];
        int missing = (int)Math.Min(_arrived[Packets].Sequence - _base - Statuses, StatusChunk.LongestRun);
        if (missing >= PerOneBit)
        {
            // Runs of lost packets are told apart without a walk over them.
            if (Statuses + missing >= TransportFeedbackView.MaximumStatuses)
                return false;
            AppendChunk((ushort)missing, missing);
            return true;
        }

        int known = Look(symbols);
        if (known == 0)
            return false;
        symbols = symbols[..known];
        int run = symbols.IndexOfAnyExcept(symbols[0]);
        if (run < 0)
            return TryAppendRun(symbols[0], known, room);
        return symbols.Contains((byte)2)
            ? TryAppendVector(symbols[..Math.Min(known, PerTwoBit)], bitsPerSymbol: 2, room)
            : TryAppendVector(symbols, bitsPerSymbol: 1, room);
    }

    /// <summary>Puts the deltas behind the chunks; returns the bytes of both.</summary>
    internal readonly int Complete()
    {
        _deltas[.._deltaBytes].CopyTo(_destination[_chunkBytes..]);
        return _chunkBytes + _deltaBytes;
    }

    // The next symbols, up to as many as the longest vector takes; they end at the last packet, or before one whose delta is beyond 16 bits.
    private readonly int Look(scoped Span<byte> symbols)
    {
        int packet = Packets;
        long ticks = _ticks;
        int limit = Math.Min(symbols.Length, TransportFeedbackView.MaximumStatuses - Statuses);
        int count = 0;
        while (count < limit && packet < _arrived.Length)
        {
            byte symbol = 0;
            if (_arrived[packet].Sequence == _base + Statuses + count)
            {
                symbol = SymbolOf(packet, ref ticks);
                if (symbol == 0)
                    break;
                packet++;
            }

            symbols[count++] = symbol;
        }

        // Lost ones before a break belong to the next feedback packet.
        while (packet < _arrived.Length && count < limit && count > 0 && symbols[count - 1] == 0)
            count--;
        return count;
    }

    private readonly byte SymbolOf(int packet, ref long ticks)
    {
        long now = TransportFeedbackWriter.Ticks(_arrived[packet].Arrival);
        long delta = now - ticks;
        if (delta is < short.MinValue or > short.MaxValue)
            return 0;
        ticks = now;
        return (byte)(delta is >= 0 and <= byte.MaxValue ? 1 : 2);
    }

    private bool TryAppendRun(byte symbol, int known, int room)
    {
        int run = known;
        if (known == PerOneBit && symbol != 0)
        {
            long ticks = _ticks;
            for (int i = 0; i < run; i++)
                SymbolOf(Packets + i, ref ticks);
            // Go on while the packets are consecutive and of the same symbol.
            while (run < StatusChunk.LongestRun
                && Statuses + run < TransportFeedbackView.MaximumStatuses
                && Packets + run < _arrived.Length
                && _arrived[Packets + run].Sequence == _base + Statuses + run
                && SymbolOf(Packets + run, ref ticks) == symbol)
                run++;
        }

        if (symbol != 0)
            run = Math.Min(run, room / symbol);
        if (run == 0)
            return false;
        int packets = symbol == 0 ? 0 : run;
        for (int i = 0; i < packets; i++)
            AppendDelta(symbol);
        AppendChunk((ushort)((symbol << 13) | run), run);
        return true;
    }

    private bool TryAppendVector(scoped ReadOnlySpan<byte> symbols, int bitsPerSymbol, int room)
    {
        int bytes = 0;
        int bits = bitsPerSymbol == 2 ? 0xC000 : 0x8000;
        for (int i = 0; i < symbols.Length; i++)
        {
            bytes += symbols[i];
            bits |= symbols[i] << (14 - ((i + 1) * bitsPerSymbol));
        }

        if (bytes > room)
            return false;
        foreach (byte symbol in symbols)
        {
            if (symbol != 0)
                AppendDelta(symbol);
        }

        AppendChunk((ushort)bits, symbols.Length);
        return true;
    }

    private void AppendChunk(ushort bits, int statuses)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[_chunkBytes..], bits);
        _chunkBytes += 2;
        Statuses += statuses;
    }

    private void AppendDelta(byte symbol)
    {
        long now = TransportFeedbackWriter.Ticks(_arrived[Packets++].Arrival);
        if (symbol == 1)
            _deltas[_deltaBytes] = (byte)(now - _ticks);
        else
            BinaryPrimitives.WriteInt16BigEndian(_deltas[_deltaBytes..], (short)(now - _ticks));
        _deltaBytes += symbol;
        _ticks = now;
    }
}
