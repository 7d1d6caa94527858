namespace Parley.Routing.Geofences;

/// <summary>Scopes and selectors in words.</summary>
internal static class ScopeWords
{
    /// <summary>Whose rule, as the beginning of a sentence.</summary>
    public static string Whose(GeofenceScope scope) => scope switch
    {
        GeofenceScope.Platform => "The operator's rule",
        GeofenceScope.Organisation => "The organisation's rule",
        GeofenceScope.Group => "The group's rule",
        GeofenceScope.User => "A person's standing rule",
        GeofenceScope.Meeting => "The host's rule",
        _ => "A participant's rule",
    };

    /// <summary>What a selector selects, for people.</summary>
    public static string What(Selector selector) => selector.Kind switch
    {
        SelectorKind.Region => $"region {selector.Value}",
        SelectorKind.Country => selector.Value,
        SelectorKind.Group => $"the {selector.Value}",
        _ => $"machines run from {selector.Value}",
    };
}
