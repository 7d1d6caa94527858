using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>The relays between the nodes in use: the plan's tree, and while people move from node to node one that holds the nodes of both plans together, never with a loop.</summary>
internal static class RouteTree
{
    /// <summary>Relays that join <paramref name="nodes"/> as far as <paramref name="mayUse"/> lets them: those that exist first, since they carry media now, then the plan's, then whatever is shortest.</summary>
    public static List<RelayLink> Build(IReadOnlyList<string> nodes, IEnumerable<RelayLink> existing, IEnumerable<RelayLink> planned, Func<RelayLink, bool> mayUse, Func<string, string, double> delay)
    {
        Dictionary<string, string> parent = nodes.ToDictionary(static node => node);
        List<RelayLink> tree = [];
        foreach (RelayLink relay in existing.Concat(planned))
            Add(relay, parent, tree, mayUse);
        if (tree.Count < nodes.Count - 1)
        {
            foreach (RelayLink relay in Pairs(nodes).OrderBy(pair => delay(pair.A, pair.B)).ThenBy(static pair => pair.A, StringComparer.Ordinal).ThenBy(static pair => pair.B, StringComparer.Ordinal))
                Add(relay, parent, tree, mayUse);
        }

        return tree;
    }

    public static IEnumerable<RelayLink> Of(RoutePlan? plan) => plan?.Relays.Select(static leg => new RelayLink(leg.From, leg.To)) ?? [];

    private static void Add(RelayLink relay, Dictionary<string, string> parent, List<RelayLink> tree, Func<RelayLink, bool> mayUse)
    {
        if (!parent.ContainsKey(relay.A) || !parent.ContainsKey(relay.B) || !mayUse(relay))
            return;
        string a = Root(relay.A, parent);
        string b = Root(relay.B, parent);
        if (a == b)
            return;
        parent[a] = b;
        tree.Add(relay);
    }

    private static string Root(string node, Dictionary<string, string> parent)
    {
        while (parent[node] != node)
            node = parent[node] = parent[parent[node]];
        return node;
    }

    private static IEnumerable<RelayLink> Pairs(IReadOnlyList<string> nodes)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            for (int j = i + 1; j < nodes.Count; j++)
                yield return RelayLink.Between(nodes[i], nodes[j]);
        }
    }
}
