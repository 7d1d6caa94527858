using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Keys;

/// <summary>The folder <c>keys</c> of a data directory: private keys, readable by their owner only.</summary>
public sealed class KeyFolder
{
    private const string NodeFile = "node.pem";
    private const string NextFile = "node.next.pem";
    private const string OldFile = "node.old.pem";
    private const string OperatorFile = "operator.pem";

    private KeyFolder(string path) => Path = path;

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Whether there is an operator key.</summary>
    public bool HasOperator => File.Exists(In(OperatorFile));

    /// <summary>Whether there is a node key.</summary>
    public bool HasNode => File.Exists(In(NodeFile));

    /// <summary>Whether a rotation has made a key that no start has taken yet.</summary>
    public bool HasNext => File.Exists(In(NextFile));

    /// <summary>The certificate of the node key that the operator signed; it need not exist.</summary>
    public string CertificateFile => In("node.crt");

    /// <summary>Opens the folder, making it when there is none.</summary>
    public static KeyFolder Open(string dataDirectory)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(dataDirectory, "keys"));
        SecretFile.MakeFolder(path);
        return new KeyFolder(path);
    }

    /// <summary>The operator key, made when there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no P-256 key.</exception>
    public ECDsa OpenOperator() => ReadOrMake(OperatorFile);

    /// <summary>The node key, made when there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no P-256 key.</exception>
    public ECDsa OpenNode() => ReadOrMake(NodeFile);

    /// <summary>The node key to begin with, made when there is none: the one of a rotation when it is listed, which then takes the place of the one before.</summary>
    /// <param name="isListed">Whether the directory lists a key, given its public half; null: no rotation is looked for.</param>
    public ECDsa OpenNode(Func<string, bool>? isListed)
    {
        if (isListed is null || !HasNext)
            return OpenNode();
        ECDsa next = ReadOrMake(NextFile);
        if (!isListed(PublicKeys.Write(next)))
        {
            next.Dispose();
            return OpenNode();
        }

        // The old one is kept until the next rotation: whoever goes back to a directory of before needs it.
        if (HasNode)
            File.Move(In(NodeFile), In(OldFile), overwrite: true);
        File.Move(In(NextFile), In(NodeFile));
        return next;
    }

    /// <summary>Makes the key that is to follow the node's; the one of an earlier rotation when it was not taken yet.</summary>
    public ECDsa OpenNext() => ReadOrMake(NextFile);

    private string In(string file) => System.IO.Path.Combine(Path, file);

    private ECDsa ReadOrMake(string file)
    {
        byte[] pem = SecretFile.ReadOrMake(In(file), static () =>
        {
            using ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem());
        });
        return PublicKeys.FromPem(Encoding.ASCII.GetString(pem), In(file));
    }
}
