namespace Parley.E2e.Support;

/// <summary>The way that a page's packets take, as its browser says.</summary>
/// <param name="LocalType">The kind of its own candidate.</param>
/// <param name="RelayProtocol">How it speaks with a relay; empty without one.</param>
/// <param name="Protocol">The protocol of the node's candidate.</param>
/// <param name="Remote">The node's address and port.</param>
/// <param name="TcpType">Of a TCP candidate.</param>
/// <param name="Policy">What the connection may use.</param>
/// <param name="Received">Bytes that came this way.</param>
internal sealed record MediaPath(string LocalType, string RelayProtocol, string Protocol, string Remote, string TcpType, string Policy, long Received);
