using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>The key of a long-term credential (RFC 8489 section 9.2.2): MD5 of <c>username:realm:password</c>, the only algorithm that browsers know.</summary>
public sealed class TurnKey
{
    /// <summary>Bytes of the longest integrity: HMAC-SHA-256.</summary>
    public const int LongestIntegrity = 32;

    private readonly byte[] _key;

    /// <summary>Makes the key.</summary>
    public TurnKey(string username, string realm, string password)
    {
        // The protocol prescribes MD5; what guards the credential is that its password is random and short-lived.
#pragma warning disable CA5351
        _key = MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));
#pragma warning restore CA5351
    }

    /// <summary>Computes an integrity over the first <paramref name="offset"/> bytes of a message, whose header's length counts as if the message ended behind that attribute.</summary>
    /// <param name="message">The message from its first byte.</param>
    /// <param name="offset">Where the attribute begins, at least 20 and at most <see cref="TurnFrame.MaximumLength"/>.</param>
    /// <param name="length">Bytes of the attribute's value.</param>
    /// <param name="isSha256">HMAC-SHA-256, else HMAC-SHA1.</param>
    /// <param name="destination">Takes the whole HMAC; <see cref="LongestIntegrity"/> bytes.</param>
    public void Compute(ReadOnlySpan<byte> message, int offset, int length, bool isSha256, Span<byte> destination)
    {
        Span<byte> counted = stackalloc byte[TurnFrame.MaximumLength];
        message[..offset].CopyTo(counted);
        BinaryPrimitives.WriteUInt16BigEndian(counted[2..], (ushort)(offset - StunConstants.HeaderLength + 4 + length));
#pragma warning disable CA5350 // Prescribed by RFC 8489 section 14.5.
        if (isSha256)
            HMACSHA256.HashData(_key, counted[..offset], destination);
        else
            HMACSHA1.HashData(_key, counted[..offset], destination);
#pragma warning restore CA5350
    }
}
