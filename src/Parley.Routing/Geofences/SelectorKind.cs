namespace Parley.Routing.Geofences;

/// <summary>What a selector selects regions by.</summary>
public enum SelectorKind
{
    /// <summary><c>region:</c>, a region's id.</summary>
    Region,

    /// <summary><c>country:</c>, the country the region stands in.</summary>
    Country,

    /// <summary><c>group:</c>, a group of countries the region stands in one of.</summary>
    Group,

    /// <summary><c>operator:</c>, the country of whoever runs the machines (jurisdiction).</summary>
    Operator,
}
