namespace Parley.Server.Nodes;

/// <summary>SHA-256 fingerprints as SDP writes them (RFC 8122 section 5): upper-case hexadecimal pairs with colons.</summary>
internal static class Fingerprints
{
    /// <summary>Writes one.</summary>
    public static string Write(ReadOnlySpan<byte> hash) => string.Join(':', Convert.ToHexString(hash).Chunk(2).Select(static pair => new string(pair)));

    /// <summary>Reads one; null when it is no SHA-256 fingerprint.</summary>
    public static byte[]? Read(string text)
    {
        byte[] hash = new byte[32];
        string hex = text.Replace(":", "", StringComparison.Ordinal);
        return hex.Length == 64 && Convert.FromHexString(hex, hash, out _, out _) == System.Buffers.OperationStatus.Done && Write(hash) == text ? hash : null;
    }
}
