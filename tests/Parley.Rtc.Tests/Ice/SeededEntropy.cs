using Parley.Rtc.Primitives;

namespace Parley.Rtc.Tests.Ice;

/// <summary>Entropy that repeats with its seed.</summary>
internal sealed class SeededEntropy(int seed) : IEntropy
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
