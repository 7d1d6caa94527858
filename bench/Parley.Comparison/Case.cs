namespace Parley.Comparison;

/// <summary>One kind of meeting that is compared.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Publishers">People who send.</param>
/// <param name="Subscribers">People who watch.</param>
/// <param name="Watched">Publishers that each watches.</param>
internal sealed record Case(string Name, int Publishers, int Subscribers, int Watched)
{
    public static IReadOnlyList<Case> All { get; } = [new("1 -> 50", 1, 50, 1), new("10 x 10", 10, 10, 9), new("1 -> 200", 1, 200, 1)];
}
