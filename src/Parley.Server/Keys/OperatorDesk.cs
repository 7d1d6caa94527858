using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Routing.Directory;

namespace Parley.Server.Keys;

/// <summary>What an operator does with the operator key, which is best kept on a machine of its own: signs directories and certificates.</summary>
public sealed class OperatorDesk : IDisposable
{
    private readonly string _data;
    private readonly ECDsa _key;

    private OperatorDesk(string data, ECDsa key)
    {
        _data = data;
        _key = key;
    }

    /// <summary>The public half: SubjectPublicKeyInfo, base64url.</summary>
    public string PublicKey => PublicKeys.Write(_key);

    /// <summary>The file with the public half (PEM), for nodes.</summary>
    public string PublicFile => Path.Combine(_data, "operator.pub.pem");

    /// <summary>The file with the last directory that was signed.</summary>
    public string SignedFile => Path.Combine(_data, "directory.signed");

    /// <summary>Opens the desk in a folder, making the operator key when there is none and <paramref name="make"/> says so.</summary>
    /// <exception cref="InvalidDataException">There is no operator key, or the file holds none.</exception>
    public static OperatorDesk Open(string dataDirectory, bool make)
    {
        KeyFolder folder = KeyFolder.Open(dataDirectory);
        if (!folder.HasOperator && !make)
            throw new InvalidDataException($"There is no operator key in {folder.Path}. Make one with: parley keys operator --data {dataDirectory}");
        OperatorDesk desk = new(Path.GetFullPath(dataDirectory), folder.OpenOperator());
        File.WriteAllText(desk.PublicFile, desk._key.ExportSubjectPublicKeyInfoPem() + Environment.NewLine);
        return desk;
    }

    /// <summary>Signs a draft as the version after the last one, and keeps it.</summary>
    /// <exception cref="InvalidDataException">The draft has a fault, or the version before is not of this key.</exception>
    public (RegionDirectory Directory, string Text) Sign(DirectoryDraft draft, DateTimeOffset now)
    {
        RegionDirectory directory = draft.At(LastVersion() + 1, now);
        foreach (Node node in directory.Nodes)
            PublicKeys.Read(node.Key).Dispose();
        if (directory.FindFault() is { } fault)
            throw new InvalidDataException(fault);
        string text = DirectorySigner.Sign(directory, _key);
        Replace(SignedFile, text);
        return (directory, text);
    }

    /// <summary>Makes a node's certificate for TLS between nodes, as PEM.</summary>
    public string Certify(Node node, DateTimeOffset now)
    {
        using ECDsa key = PublicKeys.Read(node.Key);
        using X509Certificate2 certificate = NodeCertificates.Issue(node.Id, key, _key, now);
        return certificate.ExportCertificatePem() + Environment.NewLine;
    }

    /// <summary>Writes a file so that a reader sees the old text or the new one, and nothing between.</summary>
    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private long LastVersion()
    {
        if (!File.Exists(SignedFile))
            return 0;
        return DirectorySigner.TryVerify(File.ReadAllText(SignedFile).Trim(), _key, out RegionDirectory? last, out string? reason)
            ? last!.Version
            : throw new InvalidDataException($"{SignedFile} should hold the version before, but: {reason} Its version must not be used twice, so nothing was signed.");
    }
}
