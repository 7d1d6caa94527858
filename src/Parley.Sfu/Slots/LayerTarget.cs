using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>The layer of a track that suits the height a picture is shown at, and which layers deliver.</summary>
/// <param name="Layer">The layer to forward; the lowest while none delivers.</param>
/// <param name="Live">Bit i set: layer i delivers.</param>
public readonly record struct LayerTarget(int Layer, uint Live)
{
    /// <summary>Chooses for a picture that is shown <paramref name="height"/> pixels tall.</summary>
    public static LayerTarget Choose(Track track, int height, MonotonicTime now)
    {
        int count = Math.Min(track.Layers.Length, LayerSelector.MaximumLayers);
        Span<int> heights = stackalloc int[count];
        uint live = 0;
        for (int i = 0; i < count; i++)
        {
            heights[i] = track.Layers[i].Height;
            live |= track.Layers[i].IsLive(now) ? 1u << i : 0;
        }

        LayerChoice.FillUnknown(heights);
        return new LayerTarget(Math.Max(0, LayerChoice.Choose(heights, live, height)), live);
    }
}
