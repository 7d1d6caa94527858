using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Rtc.Stun;

/// <summary>
/// A short-term credential's key (RFC 8489 section 9.1.1) with its HMAC-SHA1 state kept, so that a check costs two SHA-1 runs over some hundred bytes and allocates nothing.
/// For one thread at a time.
/// </summary>
public sealed class StunIntegrityKey : IDisposable
{
    private readonly IncrementalHash _hmac;

    /// <summary>Makes the key of an ICE password (ASCII).</summary>
    public StunIntegrityKey(string password)
        : this(Encoding.UTF8.GetBytes(password))
    {
    }

    /// <summary>Makes the key from its bytes.</summary>
    public StunIntegrityKey(ReadOnlySpan<byte> key) => _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);

    /// <summary>
    /// Computes MESSAGE-INTEGRITY over the first <paramref name="offset"/> bytes of a message: the header's length counts as if the message ended behind that attribute
    /// (RFC 8489 section 14.5).
    /// </summary>
    /// <param name="message">The message from its first byte; at least <paramref name="offset"/> bytes.</param>
    /// <param name="offset">Where the attribute begins, at least 20.</param>
    /// <param name="destination">Takes 20 bytes.</param>
    public void Compute(ReadOnlySpan<byte> message, int offset, Span<byte> destination)
    {
        Span<byte> header = stackalloc byte[StunConstants.HeaderLength];
        message[..StunConstants.HeaderLength].CopyTo(header);
        int counted = offset - StunConstants.HeaderLength + 4 + StunConstants.IntegrityLength;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)counted);
        _hmac.AppendData(header);
        _hmac.AppendData(message[StunConstants.HeaderLength..offset]);
        _hmac.GetHashAndReset(destination);
    }

    /// <inheritdoc />
    public void Dispose() => _hmac.Dispose();
}
