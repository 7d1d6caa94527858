using System.Diagnostics;

namespace Parley.E2e.Support;

/// <summary>Waits for conditions of the world outside this process, which tells nobody when they come true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks until the condition holds; fails with what it was and what was seen last.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null, Func<Task<string>>? seen = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(20);
        Stopwatch watch = Stopwatch.StartNew();
        using PeriodicTimer timer = new(Between);
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                Assert.Fail($"Not within {limit.TotalSeconds:0.#} s: {what}.{(seen is null ? "" : " Seen: " + await seen())}");
            await timer.WaitForNextTickAsync();
        }
    }
}
