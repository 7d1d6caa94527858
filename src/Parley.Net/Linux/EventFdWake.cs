using Microsoft.Win32.SafeHandles;
using Parley.Net.Loops;

namespace Parley.Net.Linux;

/// <summary>Wakes an epoll loop through an eventfd. Its safe handle keeps a late wake-up from writing into a descriptor that has been given to someone else.</summary>
internal sealed unsafe class EventFdWake : IWakePort, IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>Makes the eventfd.</summary>
    public EventFdWake()
    {
        int descriptor = Libc.EventFd(0, LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec);
        if (descriptor < 0)
            throw Errno.LastError("eventfd");
        Descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>What the loop watches.</summary>
    public int Descriptor { get; }

    /// <inheritdoc />
    public void Raise()
    {
        ulong one = 1;
        try
        {
            _ = Libc.Write(_handle, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended: nobody is left to wake.
        }
    }

    /// <summary>Takes the pending wake-up.</summary>
    public void Clear()
    {
        ulong count;
        _ = Libc.Read(_handle, &count, sizeof(ulong));
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();
}
