namespace Parley.Routing.Tests.Vectors;

/// <summary>The file <c>route-proof.json</c>: what an operator and two nodes once signed, with keys that were thrown away.</summary>
internal sealed record RouteProofVectors
{
    public required string About { get; init; }

    /// <summary>When everything is checked, seconds since 1970 in UTC.</summary>
    public required long Now { get; init; }

    /// <summary>SubjectPublicKeyInfo, base64url.</summary>
    public required string OperatorKey { get; init; }

    /// <summary>Its SHA-256, base64url, as links carry it.</summary>
    public required string OperatorKeyHash { get; init; }

    public required DirectoryVector[] Directories { get; init; }

    /// <summary>Each to be held against the first directory.</summary>
    public required StatementVector[] Statements { get; init; }

    public sealed record DirectoryVector(string Name, string Signed, string? Failure);

    public sealed record StatementVector(string Name, string Node, string Region, string Statement, string? Failure);
}
