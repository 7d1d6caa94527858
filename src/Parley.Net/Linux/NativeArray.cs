using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>Zeroed memory outside the heap, for what the kernel is given addresses of. The owner disposes it once, when no call can use it any more.</summary>
internal sealed unsafe class NativeArray<T>(int count) : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;

    /// <summary>The first element.</summary>
    public T* Pointer { get; private set; } = Allocate(count);

    /// <inheritdoc />
    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }

    private static T* Allocate(int count)
    {
        nuint bytes = checked((nuint)count * (nuint)sizeof(T));
        void* memory = NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(memory, bytes);
        return (T*)memory;
    }
}
