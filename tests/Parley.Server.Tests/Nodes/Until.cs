using System.Diagnostics;

namespace Parley.Server.Tests.Nodes;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Until
{
    /// <summary>Waits until a condition holds, and gives how long it took.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<bool> condition, double seconds = 10)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }
}
