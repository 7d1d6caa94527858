namespace Parley.Routing.Directory;

/// <summary>One running server process as the directory names it.</summary>
public sealed record Node
{
    /// <summary>The role of a node that holds meetings: their state and signalling.</summary>
    public const string ControlRole = "control";

    /// <summary>The role of a node that carries media.</summary>
    public const string MediaRole = "media";

    /// <summary>Its id, derived from its key by whoever makes the directory.</summary>
    public required string Id { get; init; }

    /// <summary>The region it is in: exactly one.</summary>
    public required string Region { get; init; }

    /// <summary>The public half of its node key: SubjectPublicKeyInfo (RFC 5280 section 4.1) of a P-256 key, base64url.</summary>
    public required string Key { get; init; }

    /// <summary>What it does: <c>control</c>, <c>media</c> or both.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Where its pages, API, signalling and probe are: an origin such as <c>https://fra.example.org</c>; null when clients never call it.</summary>
    public string? FrontDoor { get; init; }

    /// <summary>Where other nodes reach it: <c>HOST:PORT</c> of gRPC over mutual TLS; null when it works alone.</summary>
    public string? Control { get; init; }
}
