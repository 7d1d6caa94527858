using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Parley.NetLab.Captures.Control;

/// <summary>
/// The two messages by which nodes ask each other whether they live (<c>PingCall</c>, <c>PingAnswer</c> of NodeControl's protocol buffers), read strictly: a number; in answers also the node's
/// signed statement, round trips to nodes, what it drew at its start, how many participants it can carry and carries in all. Whatever has anything else in it, or nothing, is no such message.
/// </summary>
internal static class LivenessMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int LongestLife = 64;

    // No hyphen: every meeting's id has one.
    private static readonly SearchValues<byte> LifeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>Why a message is none; null when it is one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isAnswer">Whether the asked node said it: the asking one says a number only.</param>
    /// <param name="isStatement">Whether a text is a true statement of the node that sent it.</param>
    /// <param name="nodes">The ids of nodes.</param>
    public static string? FindFault(ReadOnlySpan<byte> message, bool isAnswer, Predicate<string> isStatement, HashSet<string> nodes)
    {
        bool hasNumber = false;
        while (!message.IsEmpty)
        {
            if (!TryTag(ref message, out int field, out int kind))
                return "no protocol buffer";
            switch (field, kind)
            {
                case (1, Varint) when TryVarint(ref message, out _):
                    hasNumber = true;
                    break;
                case (2, Bytes) when isAnswer && TryBytes(ref message, out ReadOnlySpan<byte> text):
                    if (!isStatement(Encoding.UTF8.GetString(text)))
                        return "a text that is no statement of the node that sent it";
                    break;
                case (3, Bytes) when isAnswer && TryBytes(ref message, out ReadOnlySpan<byte> delay):
                    if (!IsDelay(delay, nodes))
                        return "something that is no round trip";
                    break;
                case (4, Bytes) when isAnswer && TryBytes(ref message, out ReadOnlySpan<byte> life):
                    if (life.Length > LongestLife || life.ContainsAnyExcept(LifeLetters))
                        return "a text that nobody draws at a start";
                    break;
                case (5 or 6, Varint) when isAnswer && TryVarint(ref message, out _):
                    break;
                default:
                    return $"field {field} of wire type {kind}";
            }
        }

        return hasNumber ? null : "no number";
    }

    private static bool IsDelay(ReadOnlySpan<byte> delay, HashSet<string> nodes)
    {
        while (!delay.IsEmpty)
        {
            if (!TryTag(ref delay, out int field, out int kind))
                return false;
            if (field == 1 && kind == Bytes && TryBytes(ref delay, out ReadOnlySpan<byte> node) && nodes.Contains(Encoding.UTF8.GetString(node)))
                continue;
            if (field != 2 || kind != Fixed64 || delay.Length < 8 || !double.IsFinite(BinaryPrimitives.ReadDoubleLittleEndian(delay)))
                return false;
            delay = delay[8..];
        }

        return true;
    }

    private static bool TryTag(ref ReadOnlySpan<byte> bytes, out int field, out int kind)
    {
        bool isRead = TryVarint(ref bytes, out ulong tag);
        (field, kind) = ((int)(tag >> 3), (int)(tag & 7));
        return isRead;
    }

    private static bool TryBytes(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryVarint(ref bytes, out ulong length) || length > (ulong)bytes.Length)
            return false;
        value = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if ((bytes[i] & 0x80) != 0)
                continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
