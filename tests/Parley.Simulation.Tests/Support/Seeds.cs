using System.Collections.Concurrent;
using System.Globalization;
using Parley.Sfu.Packets;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Support;

/// <summary>
/// Runs a scenario for many seeds on all cores and names those that failed. <c>PARLEY_SEED=n</c> runs that seed alone, <c>PARLEY_SEEDS=n</c> so many instead of the default.
/// </summary>
public static class Seeds
{
    private const int NamedFailures = 5;

    /// <summary>Runs a scenario that writes down what is wrong.</summary>
    public static void Run(int count, Action<World, Problems> scenario) => Run(count, shards: 1, scenario);

    /// <summary>Runs a scenario with several shards.</summary>
    public static void Run(int count, int shards, Action<World, Problems> scenario)
    {
        if (Variable("PARLEY_SEED") is { } only)
        {
            if (Play((ulong)only, shards, scenario) is { } text)
                Assert.Fail(text);
            return;
        }

        var failures = new ConcurrentDictionary<int, string>();
        Parallel.For(0, Variable("PARLEY_SEEDS") ?? count, seed =>
        {
            if (Play((ulong)seed, shards, scenario) is { } failure)
                failures[seed] = failure;
        });
        if (failures.IsEmpty)
            return;
        IEnumerable<string> named = failures.OrderBy(failure => failure.Key).Take(NamedFailures).Select(failure => failure.Value);
        Assert.Fail($"{failures.Count} seeds failed.\n{string.Join("\n", named)}");
    }

    private static string? Play(ulong seed, int shards, Action<World, Problems> scenario)
    {
        PacketPool[] pools = [.. Enumerable.Range(0, shards).Select(_ => PoolShelf.Take())];
        var problems = new Problems();
        try
        {
            using var world = new World(seed, pools);
            scenario(world, problems);
            world.End();
            problems.AddUniversal(world);
            if (!problems.IsEmpty)
                problems.Describe(world);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            problems.Add(fault.ToString());
        }

        foreach (PacketPool pool in pools)
            PoolShelf.Return(pool);
        return problems.IsEmpty ? null : $"PARLEY_SEED={seed} replays this:\n{problems}";
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
