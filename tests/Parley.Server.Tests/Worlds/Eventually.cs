namespace Parley.Server.Tests.Worlds;

/// <summary>Waits until something is so.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task IsAsync(Func<bool> condition, string what) => IsAsync(() => Task.FromResult(condition()), what);

    public static async Task IsAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource late = new(Patience);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (late.IsCancellationRequested)
                Assert.Fail($"It is not so after {Patience.TotalSeconds} s: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
