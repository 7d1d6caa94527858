namespace Parley.Testing;

/// <summary>Counts what code allocates.</summary>
internal static class Allocations
{
    private const int Attempts = 5;

    /// <summary>
    /// Bytes that <paramref name="work"/> allocates on this thread: the least of a few runs. A collection begun by another thread moves the runtime's figure by some hundred bytes,
    /// while what the code itself allocates comes again in every run.
    /// </summary>
    public static long Of(Action work)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, Math.Abs(GC.GetAllocatedBytesForCurrentThread() - before));
        }

        return least;
    }
}
