using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Parley.FanOut;

/// <summary>The processor time of the calling thread.</summary>
internal static unsafe partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    public static long Nanoseconds
    {
        get
        {
            long* time = stackalloc long[2];
            if (GetTime(ThreadProcessorTime, time) != 0)
                throw new Win32Exception();
            return (time[0] * 1_000_000_000) + time[1];
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, long* time);
}
