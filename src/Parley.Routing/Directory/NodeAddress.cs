namespace Parley.Routing.Directory;

/// <summary>Where a node's shard receives media.</summary>
/// <param name="Ip">An IPv4 or IPv6 address as text.</param>
/// <param name="Port">Its port.</param>
/// <param name="Protocol"><c>udp</c> or <c>tcp</c>.</param>
public sealed record NodeAddress(string Ip, int Port, string Protocol);
