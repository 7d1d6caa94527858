using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Keys;

/// <summary>The keys of a node that runs its own single region; made at the first start, and read again at every other.</summary>
internal sealed class NodeKeys : IDisposable
{
    private const int ResumeKeyBytes = 32;
    private const int IdBytes = 10;

    private NodeKeys(ECDsa node, ECDsa operatorKey, byte[] resume)
    {
        Node = node;
        Operator = operatorKey;
        Resume = resume;
        NodePublic = Base64Url.EncodeToString(node.ExportSubjectPublicKeyInfo());
        OperatorPublic = Base64Url.EncodeToString(operatorKey.ExportSubjectPublicKeyInfo());
        NodeId = "n_" + Base64Url.EncodeToString(SHA256.HashData(node.ExportSubjectPublicKeyInfo()).AsSpan(0, IdBytes));
    }

    /// <summary>The node key, P-256: the DTLS certificate is its own.</summary>
    public ECDsa Node { get; }

    /// <summary>The operator key of the self-made region, P-256.</summary>
    public ECDsa Operator { get; }

    /// <summary>The key of resume tokens, 32 bytes.</summary>
    public byte[] Resume { get; }

    /// <summary>The node key's public half: SubjectPublicKeyInfo, base64url.</summary>
    public string NodePublic { get; }

    /// <summary>The operator key's public half: SubjectPublicKeyInfo, base64url.</summary>
    public string OperatorPublic { get; }

    /// <summary>The node's id: it follows from its key.</summary>
    public string NodeId { get; }

    /// <summary>Reads the keys under a data directory, making those that are not there.</summary>
    public static NodeKeys Open(string dataDirectory)
    {
        string folder = Path.Combine(dataDirectory, "keys");
        SecretFile.MakeFolder(folder);
        return new NodeKeys(
            ReadKey(Path.Combine(folder, "node.pem")),
            ReadKey(Path.Combine(folder, "operator.pem")),
            SecretFile.ReadOrMake(Path.Combine(folder, "resume.key"), static () => RandomNumberGenerator.GetBytes(ResumeKeyBytes)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Node.Dispose();
        Operator.Dispose();
        CryptographicOperations.ZeroMemory(Resume);
    }

    private static ECDsa ReadKey(string path)
    {
        byte[] pem = SecretFile.ReadOrMake(path, static () =>
        {
            using ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem());
        });
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(Encoding.ASCII.GetString(pem));
        if (key.KeySize != 256)
            throw new InvalidDataException($"{path} does not hold an ECDSA P-256 key.");
        return key;
    }
}
