namespace Parley.Routing.Regions;

/// <summary>The home region in a meeting's id: what stands before the last hyphen, since region ids may have hyphens and the rest of the id has none.</summary>
public static class MeetingHome
{
    /// <summary>The home region's id; null when <paramref name="meeting"/> names none.</summary>
    public static string? Of(string meeting)
    {
        int hyphen = meeting.LastIndexOf('-');
        return hyphen > 0 && hyphen < meeting.Length - 1 && RegionIds.IsValid(meeting.AsSpan(0, hyphen)) ? meeting[..hyphen] : null;
    }
}
