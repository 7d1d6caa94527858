namespace Parley.E2e.Support;

/// <summary>What a tile shows: mean colour 0 to 255, the picture's size in pixels, the play-out position in seconds.</summary>
internal sealed record Look(double Red, double Green, double Blue, int Width, int Height, double Time)
{
    private const double Tolerance = 45;

    /// <summary>Whether this is the colour, within what the codec does to it.</summary>
    public bool Is(Colour colour) =>
        Math.Abs(Red - colour.Red) < Tolerance && Math.Abs(Green - colour.Green) < Tolerance && Math.Abs(Blue - colour.Blue) < Tolerance;
}
