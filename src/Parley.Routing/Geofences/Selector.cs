using Parley.Routing.Regions;

namespace Parley.Routing.Geofences;

/// <summary>Selects regions: <c>region:eu-fra</c>, <c>country:DE</c>, <c>group:EEA</c> or <c>operator:US</c>.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Value">A region id in lower case, an ISO 3166-1 alpha-2 code in upper case, or a group's id as the directory spells it.</param>
public readonly record struct Selector(SelectorKind Kind, string Value)
{
    private const int LongestGroup = 32;

    /// <summary>Reads a selector; false, with the fault as a sentence, when it is none. Keywords and country codes may be in any case.</summary>
    public static bool TryParse(string? text, out Selector selector, out string? fault)
    {
        selector = default;
        text ??= "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : text[..colon].ToLowerInvariant();
        string value = text[(colon + 1)..];
        fault = kind switch
        {
            "region" => RegionIds.IsValid(value) ? null : $"'{Shorten(value)}' is no region id.",
            "country" or "operator" => Countries.IsKnown(value.ToUpperInvariant()) ? null : $"'{Shorten(value)}' is no country: use a two-letter code of ISO 3166-1, such as DE.",
            "group" => IsGroup(value) ? null : $"'{Shorten(value)}' is no group of countries.",
            _ => $"'{Shorten(text)}' is no selector: use region:, country:, group: or operator: and a value.",
        };
        if (fault is not null)
            return false;
        selector = kind switch
        {
            "region" => new Selector(SelectorKind.Region, value),
            "country" => new Selector(SelectorKind.Country, value.ToUpperInvariant()),
            "operator" => new Selector(SelectorKind.Operator, value.ToUpperInvariant()),
            _ => new Selector(SelectorKind.Group, value),
        };
        return true;
    }

    /// <summary>The selector as text.</summary>
    public override string ToString() => Kind switch
    {
        SelectorKind.Region => "region:" + Value,
        SelectorKind.Country => "country:" + Value,
        SelectorKind.Group => "group:" + Value,
        _ => "operator:" + Value,
    };

    private static bool IsGroup(string value) =>
        value.Length is > 0 and <= LongestGroup && value.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Shorten(string text) => text.Length <= LongestGroup ? text : text[..LongestGroup] + "...";
}
