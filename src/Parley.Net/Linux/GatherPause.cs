namespace Parley.Net.Linux;

/// <summary>
/// A short pause between the first datagram's arrival and receiving. A frame comes as several packets: taken one by one each of them costs a turn of the loop and a message to every
/// subscriber; taken together they are one turn, and one run that the kernel cuts for each subscriber. A loop that is behind has found its datagrams waiting and does not pause.
/// </summary>
internal readonly unsafe struct GatherPause(TimeSpan pause)
{
    // Below this the socket was readable before the loop began to wait.
    private static readonly TimeSpan NoWait = TimeSpan.FromMicroseconds(20);

    /// <summary>Pauses if the wait for the datagram took so long that the loop was idle.</summary>
    public void After(TimeSpan waited)
    {
        if (IsWorthwhile(waited))
            Pause();
    }

    /// <summary>Whether the wait for the datagram took so long that the loop was idle.</summary>
    public bool IsWorthwhile(TimeSpan waited) => pause > TimeSpan.Zero && waited >= NoWait;

    /// <summary>Pauses.</summary>
    public void Pause()
    {
        long* duration = stackalloc long[2];
        duration[0] = 0;
        duration[1] = pause.Ticks * TimeSpan.NanosecondsPerTick;
        // A signal ends it early, which does no harm.
        _ = Libc.NanoSleep(duration, null);
    }
}
