namespace Parley.Server.Nodes;

/// <summary>How much a node can carry, and does.</summary>
/// <param name="Capacity">The participants that it can carry, of all meetings.</param>
/// <param name="Carried">The transports that it has now.</param>
internal readonly record struct NodeLoad(int Capacity, int Carried)
{
    // Up to here every place counts; above, a change of a few is no reason to plan anew.
    private const int Few = 32;
    private const int Step = 16;

    /// <summary>The places for a meeting that has so many people there.</summary>
    public int PlacesFor(int own)
    {
        int places = Math.Max(0, Capacity - Math.Max(0, Carried - own));
        return places > Few ? places - (places % Step) : places;
    }
}
