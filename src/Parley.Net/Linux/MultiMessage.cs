using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary><c>struct mmsghdr</c> of 64-bit Linux: a <c>msghdr</c>, padded to 56 bytes, and how many bytes went.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct MultiMessage
{
    [FieldOffset(0)]
    internal byte* Name;

    [FieldOffset(8)]
    internal uint NameLength;

    [FieldOffset(16)]
    internal IoVector* Vectors;

    [FieldOffset(24)]
    internal nuint VectorCount;

    [FieldOffset(32)]
    internal void* Control;

    [FieldOffset(40)]
    internal nuint ControlLength;

    [FieldOffset(48)]
    internal int Flags;

    [FieldOffset(56)]
    internal uint Length;
}
