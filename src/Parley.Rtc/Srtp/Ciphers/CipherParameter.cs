using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary><c>OSSL_PARAM</c>: a named value that goes to or comes from a provider.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CipherParameter
{
    private const uint OctetString = 5;

    internal byte* Name;
    internal uint Type;
    internal void* Value;
    internal nuint Size;
    internal nuint ReturnedSize;

    /// <summary>Fills a list of one entry, with its end: the authentication tag at <paramref name="tag"/>.</summary>
    internal static void WriteTag(CipherParameter* list, byte* tag, int length)
    {
        // Literals lie in the image and never move.
        list[0] = new CipherParameter { Name = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("tag"u8)), Type = OctetString, Value = tag, Size = (nuint)length };
        list[1] = default;
    }
}
