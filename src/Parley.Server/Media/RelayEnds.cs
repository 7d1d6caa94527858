using Parley.Rtc.Primitives;

namespace Parley.Server.Media;

/// <summary>What the two ends of a relay link agreed on.</summary>
internal sealed record RelayEnds
{
    /// <summary>Whether this end sends the checks and is the DTLS client.</summary>
    public required bool Initiates { get; init; }

    /// <summary>Our ICE user fragment.</summary>
    public required string LocalUfrag { get; init; }

    /// <summary>Our ICE password.</summary>
    public required string LocalPassword { get; init; }

    /// <summary>The other shard's ICE user fragment.</summary>
    public required string RemoteUfrag { get; init; }

    /// <summary>The other shard's ICE password.</summary>
    public required string RemotePassword { get; init; }

    /// <summary>Where the other shard listens.</summary>
    public required IReadOnlyList<TransportAddress> RemoteAddresses { get; init; }

    /// <summary>SHA-256 of the other node's DTLS certificate, 32 bytes, from its verified statement.</summary>
    public required byte[] RemoteFingerprint { get; init; }
}
