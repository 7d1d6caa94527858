namespace Parley.Server.Tunnel;

/// <summary>How a client comes through the tunnel.</summary>
internal enum TunnelKind
{
    /// <summary>By a TURN allocation.</summary>
    Turn,

    /// <summary>By a TCP candidate of the answer.</summary>
    IceTcp,
}
