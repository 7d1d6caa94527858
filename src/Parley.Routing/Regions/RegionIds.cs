namespace Parley.Routing.Regions;

/// <summary>The form of region ids: 1 to 32 lower-case letters, digits and single inner hyphens. They are the first part of meeting ids.</summary>
public static class RegionIds
{
    /// <summary>The longest id.</summary>
    public const int MaximumLength = 32;

    /// <summary>Whether <paramref name="id"/> has the form of a region id.</summary>
    public static bool IsValid(ReadOnlySpan<char> id)
    {
        if (id.IsEmpty || id.Length > MaximumLength || id[0] == '-' || id[^1] == '-')
            return false;
        for (int i = 0; i < id.Length; i++)
        {
            if (!char.IsAsciiLetterLower(id[i]) && !char.IsAsciiDigit(id[i]) && (id[i] != '-' || id[i - 1] == '-'))
                return false;
        }

        return true;
    }
}
