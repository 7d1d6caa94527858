using System.Buffers.Binary;
using Parley.Rtc.Primitives;

namespace Parley.Simulation;

/// <summary>Bytes that look random and are the same for the same seed (SplitMix64).</summary>
public sealed class SeededEntropy(ulong seed) : IEntropy
{
    private ulong _state = seed;

    /// <inheritdoc />
    public void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[8];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            int count = Math.Min(8, destination.Length);
            word[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below <paramref name="end"/>.</summary>
    public int NextInt(int end) => (int)(NextShare() * end);

    /// <summary>Whether something of this probability happens.</summary>
    public bool Happens(double probability) => probability > 0 && NextShare() < probability;

    /// <summary>A duration from nothing to below <paramref name="end"/>.</summary>
    public TimeSpan NextDuration(TimeSpan end) => new((long)(NextShare() * end.Ticks));

    /// <summary>A sequence of its own, so that one part's draws do not shift another's.</summary>
    public SeededEntropy Fork() => new(Next());
}
