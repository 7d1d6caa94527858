using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Server.Keys;

namespace Parley.Server.Directory;

/// <summary>The file that holds the signed directory: one line.</summary>
internal static class DirectoryFile
{
    /// <summary>Reads the signed text.</summary>
    /// <exception cref="IOException">The file cannot be read, or is far too long.</exception>
    public static string Read(string path)
    {
        FileInfo file = new(path);
        if (file.Length > SignedDocument.MaximumLength + 2)
            throw new IOException($"{path} is too long to be a signed directory.");
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Whether the directory in the file lists a node key, given its public half.</summary>
    /// <exception cref="InvalidDataException">The directory cannot be believed.</exception>
    public static bool Lists(string path, string operatorKeyFile, string nodeKey)
    {
        using ECDsa key = PublicKeys.ReadFile(operatorKeyFile);
        if (!DirectorySigner.TryVerify(Read(path), key, out RegionDirectory? directory, out string? reason))
            throw new InvalidDataException($"{path}: {reason}");
        return directory!.Nodes.Any(node => node.Key == nodeKey && !directory.Revoked.Contains(nodeKey));
    }
}
