using System.Runtime.InteropServices;

namespace Parley.Sfu.Slots;

/// <summary>The counters in a VP8 (RFC 7741 section 4.2) or VP9 (RFC 9628 section 4.2) payload descriptor; -1 where one is absent.</summary>
/// <param name="PictureId">The picture id, 7 or 15 bits.</param>
/// <param name="IsWide">Whether the picture id has 15 bits.</param>
/// <param name="Tl0PictureIndex">TL0PICIDX, 8 bits.</param>
/// <param name="KeyIndex">KEYIDX, 5 bits (VP8 only).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CodecIds(short PictureId, bool IsWide, short Tl0PictureIndex, sbyte KeyIndex)
{
    /// <summary>No counters, as in codecs without.</summary>
    public static CodecIds None => new(-1, false, -1, -1);
}
