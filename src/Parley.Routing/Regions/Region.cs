namespace Parley.Routing.Regions;

/// <summary>One data-centre location.</summary>
public sealed record Region
{
    /// <summary>Its id, such as <c>eu-fra</c>; see <see cref="RegionIds"/>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The city, empty when the operator does not say.</summary>
    public string City { get; init => field = value ?? ""; } = "";

    /// <summary>The country it stands in: ISO 3166-1 alpha-2, or <c>ZZ</c> (user-assigned: unknown) when the operator does not say.</summary>
    public required string Country { get; init; }

    /// <summary>Degrees north, -90 to 90; null when the operator does not say.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180; null when the operator does not say.</summary>
    public double? Longitude { get; init; }

    /// <summary>Who runs it.</summary>
    public required string Operator { get; init; }

    /// <summary>The operator's country (jurisdiction), as <see cref="Country"/>.</summary>
    public required string OperatorCountry { get; init; }

    /// <summary>Countries: the region may carry a meeting only if everyone in it is in one of them. Null: no such limit.</summary>
    public IReadOnlyList<string>? ServesOnly { get; init; }
}
