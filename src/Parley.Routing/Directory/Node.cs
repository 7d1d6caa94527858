namespace Parley.Routing.Directory;

/// <summary>One running server process as the directory names it.</summary>
public sealed record Node
{
    /// <summary>Its id, derived from its key by whoever makes the directory.</summary>
    public required string Id { get; init; }

    /// <summary>The region it is in: exactly one.</summary>
    public required string Region { get; init; }

    /// <summary>The public half of its node key: SubjectPublicKeyInfo (RFC 5280 section 4.1) of a P-256 key, base64url.</summary>
    public required string Key { get; init; }

    /// <summary>What it does: <c>control</c>, <c>media</c> or both.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
}
