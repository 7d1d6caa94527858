using System.Buffers;
using Parley.Server.Problems;

namespace Parley.Server.Encryption.Calls;

/// <summary>What texts of a group's calls may be.</summary>
internal static class GroupText
{
    private const int LongestParticipant = 64;

    private static readonly SearchValues<char> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Refuses what is no base64url text of a length that is taken.</summary>
    public static void Check(string field, string text, int most)
    {
        if (text.Length > most)
            throw GroupProblems.TooLarge(field, most);
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(Base64Url))
            throw Refusals.BadField(field, "must be base64url text.");
    }

    /// <summary>Refuses a list of participants that is too long, or names what is none.</summary>
    public static void Check(string field, string[] participants, int most)
    {
        if (participants.Length > most || participants.Any(static id => id is null or { Length: 0 or > LongestParticipant }))
            throw Refusals.BadField(field, $"must list at most {most} participants.");
    }
}
