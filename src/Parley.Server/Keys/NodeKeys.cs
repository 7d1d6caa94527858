using System.Security.Cryptography;

namespace Parley.Server.Keys;

/// <summary>The keys of a node; made at the first start, and read again at every other.</summary>
internal sealed class NodeKeys : IDisposable
{
    private const int ResumeKeyBytes = 32;

    private NodeKeys(string folder, ECDsa node, ECDsa? operatorKey, string operatorPublic, byte[] resume)
    {
        Folder = folder;
        Node = node;
        Operator = operatorKey;
        Resume = resume;
        NodePublic = PublicKeys.Write(node);
        OperatorPublic = operatorPublic;
        NodeId = PublicKeys.NodeId(node);
    }

    /// <summary>The folder of the keys.</summary>
    public string Folder { get; }

    /// <summary>The node key, P-256: the certificates for DTLS and for other nodes are its own.</summary>
    public ECDsa Node { get; }

    /// <summary>The operator key of a self-made region, P-256; null when the operator is somebody else.</summary>
    public ECDsa? Operator { get; }

    /// <summary>The key of resume tokens, 32 bytes.</summary>
    public byte[] Resume { get; }

    /// <summary>The node key's public half: SubjectPublicKeyInfo, base64url.</summary>
    public string NodePublic { get; }

    /// <summary>The operator key's public half: SubjectPublicKeyInfo, base64url.</summary>
    public string OperatorPublic { get; }

    /// <summary>The node's id where nobody gave it another: it follows from its key.</summary>
    public string NodeId { get; }

    /// <summary>Reads the keys under a data directory, making those that are not there.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="operatorKeyFile">The operator key's public half (PEM); empty: the node is its own operator.</param>
    /// <param name="isListed">Whether the directory lists a node key, given its public half. A key made by a rotation takes the place of the one before when it is listed.</param>
    /// <exception cref="InvalidDataException">A file holds no key of its kind.</exception>
    public static NodeKeys Open(string dataDirectory, string operatorKeyFile = "", Func<string, bool>? isListed = null)
    {
        KeyFolder folder = KeyFolder.Open(dataDirectory);
        byte[] resume = SecretFile.ReadOrMake(Path.Combine(folder.Path, "resume.key"), static () => RandomNumberGenerator.GetBytes(ResumeKeyBytes));
        if (operatorKeyFile.Length > 0)
        {
            using ECDsa known = PublicKeys.ReadFile(operatorKeyFile);
            return new NodeKeys(folder.Path, folder.OpenNode(isListed), null, PublicKeys.Write(known), resume);
        }

        ECDsa own = folder.OpenOperator();
        return new NodeKeys(folder.Path, folder.OpenNode(isListed: null), own, PublicKeys.Write(own), resume);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Node.Dispose();
        Operator?.Dispose();
        CryptographicOperations.ZeroMemory(Resume);
    }
}
