using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tests;

/// <summary>Entropy that is one byte over and over.</summary>
internal sealed class FixedEntropy(byte value) : IEntropy
{
    public void Fill(Span<byte> destination) => destination.Fill(value);
}
