namespace Parley.Routing.Tests.Histories;

/// <summary>Into how many parts nodes fall, by the relays that both ends keep.</summary>
internal static class RelayParts
{
    public static int Count(ModelHome home, IReadOnlyCollection<ModelNode> nodes)
    {
        HashSet<string> seen = [];
        int parts = 0;
        foreach (ModelNode node in nodes)
        {
            if (seen.Contains(node.Id))
                continue;
            parts++;
            Stack<ModelNode> open = new([node]);
            while (open.TryPop(out ModelNode? next))
            {
                if (!seen.Add(next.Id))
                    continue;
                foreach (string peer in next.Peers.Where(peer => home.Nodes[peer].Peers.Contains(next.Id)))
                    open.Push(home.Nodes[peer]);
            }
        }

        return parts;
    }
}
