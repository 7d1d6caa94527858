using System.Buffers.Binary;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>Tells from its first bytes what a connection speaks. HTTP begins with a letter, TLS with 22; a request of TURN with 0, and the length of a framed check with less than 10.</summary>
public static class StreamOpening
{
    /// <summary>Bytes that always tell.</summary>
    public const int Length = 10;

    private const int CookieAt = 4;
    private const int FrameHeader = 2;

    /// <summary>Tells what a connection speaks.</summary>
    /// <param name="first">Its first bytes, as many as there are.</param>
    public static StreamKind Read(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
            return StreamKind.Unknown;

        bool mayBeTurn = MayContinue(first, 0);
        bool mayBeIceTcp = first[0] <= TurnFrame.MaximumLength >> 8 && MayContinue(first, FrameHeader);
        if (mayBeTurn && first.Length >= CookieAt + sizeof(uint))
            return StreamKind.Turn;
        if (mayBeIceTcp && first.Length >= Length)
            return StreamKind.IceTcp;
        return mayBeTurn || mayBeIceTcp ? StreamKind.Unknown : StreamKind.Other;
    }

    // Whether a request may begin at this place: those of STUN and TURN have types below 256; and the cookie as far as it is there.
    private static bool MayContinue(ReadOnlySpan<byte> first, int at)
    {
        if (first.Length > at && first[at] != 0)
            return false;
        Span<byte> cookie = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(cookie, StunConstants.MagicCookie);
        int there = Math.Clamp(first.Length - at - CookieAt, 0, cookie.Length);
        return there == 0 || first.Slice(at + CookieAt, there).SequenceEqual(cookie[..there]);
    }
}
