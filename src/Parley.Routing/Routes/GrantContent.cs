namespace Parley.Routing.Routes;

/// <summary>What a grant says beside its times: equal when peers, fences and countries are.</summary>
internal sealed class GrantContent(IEnumerable<string> peers, RouteFence fence) : IEquatable<GrantContent>
{
    public string[] Peers { get; } = [.. peers.Distinct().Order(StringComparer.Ordinal)];

    public RouteFence Fence { get; } = fence;

    public bool Equals(GrantContent? other) => other is not null && Fence.Digest == other.Fence.Digest && Peers.AsSpan().SequenceEqual(other.Peers);

    public override bool Equals(object? obj) => Equals(obj as GrantContent);

    public override int GetHashCode() => HashCode.Combine(Fence.Digest, Peers.Length);
}
