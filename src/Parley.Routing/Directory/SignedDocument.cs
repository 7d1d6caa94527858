using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Routing.Directory;

/// <summary>
/// A signed text of one line: base64url(payload) "." base64url(signature). The signature is ECDSA P-256 with SHA-256 in IEEE P1363 form (what WebCrypto reads) over the ASCII bytes of the
/// first part exactly as transmitted, so nothing is ever brought into a canonical form. The algorithm is fixed by the key and never named in the text.
/// </summary>
public static class SignedDocument
{
    /// <summary>The longest text that is read.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    private const int SignatureLength = 64;
    private const int KeyBits = 256;

    /// <summary>Signs <paramref name="payload"/> with a P-256 key that holds its private half.</summary>
    public static string Sign(ReadOnlySpan<byte> payload, ECDsa key)
    {
        RequireP256(key);
        string body = Base64Url.EncodeToString(payload);
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(body), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{body}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Checks a signed text and gives its payload; false when it is malformed or the signature is not of <paramref name="key"/>.</summary>
    public static bool TryVerify(string text, ECDsa key, out byte[] payload)
    {
        RequireP256(key);
        payload = [];
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (text.Length > MaximumLength || dot < 0)
            return false;
        Span<byte> signature = stackalloc byte[SignatureLength];
        if (!TryDecode(text.AsSpan(dot + 1), signature, out int length) || length != SignatureLength)
            return false;
        byte[] body = Encoding.ASCII.GetBytes(text, 0, dot);
        if (!key.VerifyData(body, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            return false;
        byte[] decoded = new byte[Base64Url.GetMaxDecodedLength(dot)];
        if (!TryDecode(text.AsSpan(0, dot), decoded, out length))
            return false;
        payload = decoded[..length];
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;

        // The class library also takes padding and white space; one spelling for one payload is safer.
        foreach (char letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                return false;
        }

        return Base64Url.DecodeFromChars(text, destination, out _, out length) == OperationStatus.Done;
    }

    private static void RequireP256(ECDsa key)
    {
        if (key.KeySize != KeyBits)
            throw new ArgumentException("The key must be ECDSA P-256.", nameof(key));
    }
}
