namespace Parley.Net.Linux;

/// <summary>Binds the calling thread to a processor.</summary>
internal static unsafe class ThreadAffinity
{
    private const int MaskWords = 16;
    private const int WordBits = 64;

    /// <summary>Binds the calling thread; false when the processor does not exist or may not be used.</summary>
    public static bool TryPin(int processor)
    {
        if (processor is < 0 or >= MaskWords * WordBits)
            return false;
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[processor / WordBits] = 1UL << (processor % WordBits);
        return Libc.SetAffinity(0, MaskWords * sizeof(ulong), mask) == 0;
    }
}
