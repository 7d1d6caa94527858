using System.Globalization;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>What people may write into names and titles.</summary>
internal static class TextRules
{
    /// <summary>The longest title, in UTF-16 units.</summary>
    public const int MaximumTitle = 120;

    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaximumName = 80;

    /// <summary>The longest participant id.</summary>
    public const int MaximumId = 64;

    /// <summary>A title, trimmed; empty is allowed.</summary>
    public static string Title(string? title) => Check("title", title ?? "", MaximumTitle);

    /// <summary>A name, trimmed and not empty.</summary>
    public static string Name(string? name)
    {
        string trimmed = Check("name", name ?? "", MaximumName);
        return trimmed.Length > 0 ? trimmed : throw Refusals.BadField("name", "must not be empty.");
    }

    /// <summary>The name that the server may know: none in an encrypted meeting, where names travel in the group.</summary>
    public static string NameIn(bool isEncrypted, string? name)
    {
        if (!isEncrypted)
            return Name(name);
        return string.IsNullOrEmpty(name) ? "" : throw Refusals.BadField("name", "must be empty in an end-to-end encrypted meeting: names are told to its members only.");
    }

    /// <summary>Whether a participant id from outside can be one: it becomes part of URLs.</summary>
    public static bool IsParticipantId(string id) =>
        id.Length is > 0 and <= MaximumId && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static string Check(string field, string text, int most)
    {
        string trimmed = text.Trim();
        if (trimmed.Length > most)
            throw Refusals.BadField(field, $"may have at most {most} characters.");
        for (int i = 0; i < trimmed.Length; i++)
        {
            // Bidirectional overrides and other invisible marks let one name look like another; joiners are part of many scripts and of emoji.
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(trimmed, i);
            bool joiner = trimmed[i] is '\u200c' or '\u200d';
            if (category is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || (category == UnicodeCategory.Format && !joiner))
                throw Refusals.BadField(field, "must not hold control characters.");
            if (char.IsHighSurrogate(trimmed[i]))
                i++;
        }

        return trimmed;
    }
}
