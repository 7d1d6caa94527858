using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Parley.NetLab.Network;

/// <summary>The system calls of namespaces and TUN devices.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NewNetwork = 0x40000000;
    public const ulong SetTunInterface = 0x400454ca;
    public const short PollIn = 1;
    public const int Terminate = 15;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespaceCall(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlCall(int descriptor, ulong request, byte* argument);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollEntry* entries, ulong count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int who, int nice);

    /// <summary>Opens a file.</summary>
    public static int Open(string path, int flags) => Check(OpenCall(path, flags | CloseOnExec), path);

    /// <summary>Moves the calling thread into a network namespace.</summary>
    public static void Enter(int descriptor) => Check(SetNamespaceCall(descriptor, NewNetwork), "setns");

    /// <summary>An ioctl with a structure.</summary>
    public static void Control(int descriptor, ulong request, Span<byte> argument)
    {
        fixed (byte* bytes = argument)
            Check(ControlCall(descriptor, request, bytes), "ioctl");
    }

    private static int Check(int result, string what) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
