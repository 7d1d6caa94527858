namespace Parley.Sfu.Transports;

/// <summary>Who sends the first hello (RFC 5763 section 5).</summary>
public enum DtlsRole : byte
{
    /// <summary>We wait: <c>a=setup:passive</c>. What a node is towards its clients.</summary>
    Server,

    /// <summary>We begin: <c>a=setup:active</c>. What relays and the load client are.</summary>
    Client,
}
