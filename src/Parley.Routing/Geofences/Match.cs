namespace Parley.Routing.Geofences;

/// <summary>Whether a selector selects a region.</summary>
internal enum Match
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>It does.</summary>
    Yes,

    /// <summary>It cannot be told.</summary>
    Unknown,
}
