namespace Parley.Routing.Routes;

/// <summary>A relay between two nodes, the lower id first.</summary>
/// <param name="A">The node with the lower id.</param>
/// <param name="B">The other.</param>
internal readonly record struct RelayLink(string A, string B)
{
    public static RelayLink Between(string one, string other) => string.CompareOrdinal(one, other) < 0 ? new RelayLink(one, other) : new RelayLink(other, one);

    public bool Touches(string node) => A == node || B == node;

    public string Other(string node) => A == node ? B : A;
}
