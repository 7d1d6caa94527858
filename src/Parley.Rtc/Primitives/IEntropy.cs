namespace Parley.Rtc.Primitives;

/// <summary>The source of unpredictable bytes that a shell gives to protocol code; seeded in tests.</summary>
public interface IEntropy
{
    /// <summary>Fills <paramref name="destination"/> with unpredictable bytes.</summary>
    void Fill(Span<byte> destination);
}
