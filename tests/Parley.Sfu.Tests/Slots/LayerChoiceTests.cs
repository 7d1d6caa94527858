using CsCheck;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class LayerChoiceTests
{
    [Theory]
    [InlineData(100, 0b111u, 0)]
    [InlineData(180, 0b111u, 0)]
    [InlineData(181, 0b111u, 1)]
    [InlineData(500, 0b111u, 2)]
    [InlineData(2000, 0b111u, 2)]
    [InlineData(2000, 0b011u, 1)]
    [InlineData(100, 0b110u, 1)]
    [InlineData(100, 0u, -1)]
    public void The_smallest_layer_tall_enough_else_the_tallest(int wished, uint live, int expected) =>
        Assert.Equal(expected, LayerChoice.Choose([180, 360, 720], live, wished));

    [Theory]
    [InlineData(new[] { 0, 0, 0 }, new[] { 180, 360, 720 })]
    [InlineData(new[] { 0, 0, 1080 }, new[] { 270, 540, 1080 })]
    [InlineData(new[] { 90, 0, 0 }, new[] { 90, 180, 360 })]
    [InlineData(new[] { 0, 240, 0 }, new[] { 120, 240, 480 })]
    [InlineData(new[] { 100, 0, 720 }, new[] { 100, 360, 720 })]
    [InlineData(new[] { 0 }, new[] { 720 })]
    [InlineData(new int[0], new int[0])]
    public void Unknown_heights_follow_the_scale(int[] heights, int[] expected)
    {
        LayerChoice.FillUnknown(heights);
        Assert.Equal(expected, heights);
    }

    [Fact]
    public void It_agrees_with_sorting() =>
        Gen.Select(Gen.Int[1, 2_000].Array[1, 8], Gen.UInt[0, 255], Gen.Int[0, 2_500]).Sample((heights, live, wished) =>
        {
            int[] alive = [.. heights.Where((_, i) => (live & (1u << i)) != 0)];
            int expected = alive.Length == 0 ? -1 : alive.Where(height => height >= wished).DefaultIfEmpty(alive.Max()).Min();
            int chosen = LayerChoice.Choose(heights, live, wished);
            Assert.Equal(expected, chosen < 0 ? -1 : heights[chosen]);
        });
}
