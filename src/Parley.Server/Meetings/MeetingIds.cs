using System.Buffers;
using System.Security.Cryptography;
using Parley.Routing.Regions;

namespace Parley.Server.Meetings;

/// <summary>Meeting ids: the home region, a hyphen, and 100 random bits in letters that are hard to misread.</summary>
internal static class MeetingIds
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int RandomLength = 20;
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Letters);

    /// <summary>Makes an id.</summary>
    public static string Make(string homeRegion) => $"{homeRegion}-{RandomNumberGenerator.GetString(Letters, RandomLength)}";

    /// <summary>Whether <paramref name="id"/> has the form of a meeting id.</summary>
    public static bool IsValid(string id)
    {
        int hyphen = id.Length - RandomLength - 1;
        return hyphen > 0 && id[hyphen] == '-' && RegionIds.IsValid(id.AsSpan(0, hyphen)) && !id.AsSpan(hyphen + 1).ContainsAnyExcept(Allowed);
    }
}
