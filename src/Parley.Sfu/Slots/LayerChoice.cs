namespace Parley.Sfu.Slots;

/// <summary>The static choice of a layer by the height a picture is shown at.</summary>
public static class LayerChoice
{
    /// <summary>The height assumed of the tallest layer when no layer's height is known.</summary>
    public const int AssumedHeight = 720;

    /// <summary>Fills in unknown heights (0), lowest layer first: each layer is twice as tall as the one below (scales 1/4, 1/2, 1), seen from the tallest known one.</summary>
    public static void FillUnknown(Span<int> heights)
    {
        if (heights.Length == 0)
            return;
        int known = heights.Length - 1;
        while (known >= 0 && heights[known] <= 0)
            known--;
        if (known < 0)
        {
            known = heights.Length - 1;
            heights[known] = AssumedHeight;
        }

        for (int i = 0; i < heights.Length; i++)
        {
            if (heights[i] <= 0)
                heights[i] = i < known ? Math.Max(1, heights[known] >> (known - i)) : heights[known] << Math.Min(i - known, 8);
        }
    }

    /// <summary>The smallest live layer at least as tall as wished, else the tallest live one.</summary>
    /// <param name="heights">Height of each layer in pixels, lowest layer first, all known.</param>
    /// <param name="live">Bit i set: layer i delivers.</param>
    /// <param name="wishedHeight">How tall the picture is shown, in device pixels.</param>
    /// <returns>The layer's index, or <see cref="LayerSelector.None"/> when none is alive.</returns>
    public static int Choose(ReadOnlySpan<int> heights, uint live, int wishedHeight)
    {
        int best = LayerSelector.None;
        for (int i = 0; i < heights.Length; i++)
        {
            if ((live & (1u << i)) != 0 && (best == LayerSelector.None || IsBetter(heights[i], heights[best], wishedHeight)))
                best = i;
        }

        return best;
    }

    private static bool IsBetter(int height, int best, int wished) =>
        best < wished ? height > best : height >= wished && height < best;
}
