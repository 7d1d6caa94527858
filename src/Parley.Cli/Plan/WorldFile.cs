namespace Parley.Cli.Plan;

/// <summary>The file that <c>--world</c> names.</summary>
internal sealed record WorldFile
{
    public required IReadOnlyList<WorldRegion> Regions { get; init; }

    /// <summary>Measured one-way delays; the others are estimated from distance.</summary>
    public IReadOnlyList<WorldDelay>? Delays { get; init; }
}

internal sealed record WorldRegion
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? City { get; init; }

    public required string Country { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public required string Operator { get; init; }

    public required string OperatorCountry { get; init; }

    public IReadOnlyList<string>? ServesOnly { get; init; }

    /// <summary>Participants that its node can carry.</summary>
    public required int Capacity { get; init; }

    /// <summary>How many such nodes it has; one unless the file says.</summary>
    public int? Nodes { get; init; }
}

internal sealed record WorldDelay
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required double Milliseconds { get; init; }
}
