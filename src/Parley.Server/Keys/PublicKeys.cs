using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Keys;

/// <summary>Public halves of keys as Parley writes them: SubjectPublicKeyInfo (RFC 5280 section 4.1) in base64url.</summary>
public static class PublicKeys
{
    private const int IdBytes = 10;
    private const int KeyBits = 256;

    /// <summary>Writes a key's public half.</summary>
    public static string Write(ECDsa key) => Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());

    /// <summary>Writes the public key of a certificate.</summary>
    public static string Write(X509Certificate2 certificate) => Base64Url.EncodeToString(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>The node id that follows from a key.</summary>
    public static string NodeId(ECDsa key) => "n_" + Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, IdBytes));

    /// <summary>What an invitation link carries as <c>#k=</c>: SHA-256 of the public half, base64url.</summary>
    public static string LinkHash(string publicKey) => Base64Url.EncodeToString(SHA256.HashData(Base64Url.DecodeFromChars(publicKey)));

    /// <summary>SHA-256 of the public half as pairs of hexadecimal digits, for people to compare.</summary>
    public static string Fingerprint(string publicKey) => string.Join(':', Convert.ToHexString(SHA256.HashData(Base64Url.DecodeFromChars(publicKey))).Chunk(2).Select(static pair => new string(pair)));

    /// <summary>Reads a P-256 key from a PEM file.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static ECDsa ReadFile(string path) => FromPem(File.ReadAllText(path), path);

    /// <summary>Reads a P-256 key from base64url.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ECDsa Read(string publicKey)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(publicKey), out _);
            return Require(key, $"'{publicKey}'");
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            key.Dispose();
            throw new InvalidDataException($"'{publicKey}' is no public key: SubjectPublicKeyInfo in base64url is expected.", fault);
        }
    }

    internal static ECDsa FromPem(string pem, string where)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return Require(key, where);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new InvalidDataException($"{where} does not hold an ECDSA P-256 key in PEM.", fault);
        }
    }

    private static ECDsa Require(ECDsa key, string where)
    {
        if (key.KeySize == KeyBits)
            return key;
        key.Dispose();
        throw new InvalidDataException($"{where} does not hold an ECDSA P-256 key.");
    }
}
