namespace Parley.E2e.Support;

/// <summary>The colour by which a person is told from the others.</summary>
internal sealed record Colour(byte Red, byte Green, byte Blue)
{
    public static Colour CrimsonRed { get; } = new(192, 32, 64);

    public static Colour DeepBlue { get; } = new(32, 64, 192);

    public static Colour LeafGreen { get; } = new(32, 160, 64);

    public static Colour WarmAmber { get; } = new(200, 150, 30);

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
