using CsCheck;

namespace Parley.Routing.Tests.Histories;

/// <summary>Everything that decides a run: a world, a network, and what happens. The same history runs the same way.</summary>
/// <param name="World">What regions, nodes and rules are made from.</param>
/// <param name="Weather">How bad the network between the nodes is, 0 to 3.</param>
/// <param name="Steps">What happens.</param>
internal sealed record History(int World, int Weather, HistoryStep[] Steps)
{
    private static readonly Gen<HistoryStep> Step = Gen.Select(Gen.Enum<HistoryEvent>(), Gen.Int[0, 9999], Gen.Int[0, 9999], Gen.OneOf(Gen.Int[0, 900], Gen.Int[0, 9_000]), static (kind, who, what, wait) => new HistoryStep(kind, who, what, wait));

    public static Gen<History> Any { get; } = Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 3], Step.Array[1, 22], static (world, weather, steps) => new History(world, weather, steps));

    /// <summary>The history of a number, for tests that count how many it takes.</summary>
    public static History Of(int number)
    {
        Random random = new(number);
        HistoryStep[] steps = [.. Enumerable.Range(0, random.Next(4, 22)).Select(_ => new HistoryStep(
            (HistoryEvent)random.Next((int)HistoryEvent.Wait + 1), random.Next(10_000), random.Next(10_000), random.Next(random.Next(2) == 0 ? 900 : 9_000)))];
        return new History(random.Next(1_000_000), random.Next(4), steps);
    }

    public override string ToString() => $"world {World}, weather {Weather}: {string.Join("; ", Steps.Select(static step => $"{step.Kind}({step.Who}, {step.What}) after {step.Wait} ms"))}";
}
