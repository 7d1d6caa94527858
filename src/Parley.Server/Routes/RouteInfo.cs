namespace Parley.Server.Routes;

/// <summary>The live route of a meeting: <c>RouteView</c> in docs/protocol.md.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record RouteInfo
{
    /// <summary>Counts the plans.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>The home region.</summary>
    [Id(1)]
    public required string Home { get; init; }

    /// <summary>The fence in force.</summary>
    [Id(2)]
    public required FenceInfo Fence { get; init; }

    /// <summary>Where everyone is connected.</summary>
    [Id(3)]
    public required PlacementInfo[] Participants { get; init; }

    /// <summary>The tree of relays.</summary>
    [Id(4)]
    public required RelayInfo[] Relays { get; init; }

    /// <summary>All nodes that carry the meeting.</summary>
    [Id(5)]
    public required NodeInfo[] Nodes { get; init; }

    /// <summary>Expected delays between people.</summary>
    [Id(6)]
    public required DelayInfo Delays { get; init; }

    /// <summary>Delays between nodes.</summary>
    [Id(7)]
    public required LegInfo[] Legs { get; init; }

    /// <summary>The same without the countries of people, for those who are not in the meeting.</summary>
    public RouteInfo ForOutside() => this with { Participants = [.. Participants.Select(static placement => placement with { Country = null })] };
}
