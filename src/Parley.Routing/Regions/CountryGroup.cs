namespace Parley.Routing.Regions;

/// <summary>A named group of countries, as of a day: groups change, and a fence means what the directory says they are.</summary>
public sealed record CountryGroup
{
    /// <summary>Its id in selectors, such as <c>EEA</c>: letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The day the list is true of: <c>YYYY-MM-DD</c>.</summary>
    public required string AsOf { get; init; }

    /// <summary>Its countries: ISO 3166-1 alpha-2.</summary>
    public required IReadOnlyList<string> Countries { get; init; }
}
