using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>A level-triggered epoll instance whose entries carry a number each. One thread uses it.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int LargestEventBytes = 16;

    // The kernel packs struct epoll_event on x64 (12 bytes) but not on arm64 (16 bytes).
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = DataOffset + 8;

    private readonly NativeArray<byte> _events;
    private readonly int _capacity;
    private readonly int _descriptor;

    /// <summary>Makes an instance whose waits return at most <paramref name="capacity"/> entries.</summary>
    public EpollSet(int capacity)
    {
        _descriptor = Libc.EpollCreate(LinuxConstants.SocketCloseOnExec);
        if (_descriptor < 0)
            throw Errno.LastError("epoll_create1");
        _capacity = capacity;
        _events = new NativeArray<byte>(capacity * LargestEventBytes);
    }

    /// <summary>Watches a descriptor.</summary>
    public void Add(int descriptor, uint interest, ulong key) => Control(LinuxConstants.EpollAdd, descriptor, interest, key);

    /// <summary>Changes what is watched for.</summary>
    public void Modify(int descriptor, uint interest, ulong key) => Control(LinuxConstants.EpollModify, descriptor, interest, key);

    /// <summary>Waits for at most this long (-1: without end) and returns how many entries are ready; 0 also when a signal interrupted it.</summary>
    public int Wait(int milliseconds)
    {
        int ready = Libc.EpollWait(_descriptor, _events.Pointer, _capacity, milliseconds);
        return ready < 0 ? 0 : ready;
    }

    /// <summary>The number of a ready entry.</summary>
    public ulong Key(int index) => Unsafe.ReadUnaligned<ulong>(_events.Pointer + (index * EventBytes) + DataOffset);

    /// <summary>What a ready entry is ready for.</summary>
    public uint Ready(int index) => Unsafe.ReadUnaligned<uint>(_events.Pointer + (index * EventBytes));

    /// <inheritdoc />
    public void Dispose()
    {
        _ = Libc.Close(_descriptor);
        _events.Dispose();
    }

    private void Control(int operation, int descriptor, uint interest, ulong key)
    {
        byte* entry = stackalloc byte[LargestEventBytes];
        Unsafe.WriteUnaligned(entry, interest);
        Unsafe.WriteUnaligned(entry + DataOffset, key);
        if (Libc.EpollControl(_descriptor, operation, descriptor, entry) < 0)
            throw Errno.LastError("epoll_ctl");
    }
}
