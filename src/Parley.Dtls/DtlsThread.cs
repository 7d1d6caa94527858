namespace Parley.Dtls;

/// <summary>Starts the small background threads that the blocking library needs.</summary>
internal static class DtlsThread
{
    // 128 kB sufficed for every handshake measured.
    private const int StackBytes = 256 * 1_024;

    /// <summary>Starts a thread; false when the system gives none.</summary>
    public static bool TryStart(string name, Action body)
    {
        try
        {
            new Thread(() => body(), StackBytes) { Name = name, IsBackground = true }.Start();
            return true;
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }
}
