namespace Parley.Sfu.Transports;

/// <summary>Makes DTLS associations with the node's certificate; shared by all shards, so safe from any thread.</summary>
public interface IDtlsEndpointFactory
{
    /// <summary>SHA-256 of our certificate, 32 bytes: what our answers carry as <c>a=fingerprint</c>.</summary>
    ReadOnlyMemory<byte> LocalFingerprint { get; }

    /// <summary>Begins an association; null when as many handshakes are under way as the node allows.</summary>
    IDtlsEndpoint? TryCreate(DtlsSettings settings);
}
