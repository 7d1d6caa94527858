using System.Diagnostics;

namespace Parley.Net.Tests.Kit;

/// <summary>Waits for a condition that only another thread brings about.</summary>
internal static class Until
{
    public static async Task True(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "The condition did not come true within 10 s.");
            await Task.Delay(1);
        }
    }
}
