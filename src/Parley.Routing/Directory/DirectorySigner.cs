using System.Security.Cryptography;
using System.Text.Json;

namespace Parley.Routing.Directory;

/// <summary>Turns a directory into its signed text and back.</summary>
public static class DirectorySigner
{
    /// <summary>Signs a directory with the operator key.</summary>
    /// <exception cref="ArgumentException">The directory has a fault, or the key is not ECDSA P-256.</exception>
    public static string Sign(RegionDirectory directory, ECDsa operatorKey)
    {
        if (directory.FindFault() is { } fault)
            throw new ArgumentException(fault, nameof(directory));
        return SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(directory, DirectoryJson.Default.RegionDirectory), operatorKey);
    }

    /// <summary>Reads a signed directory; false, with the reason as a sentence, when it must not be trusted.</summary>
    public static bool TryVerify(string text, ECDsa operatorKey, out RegionDirectory? directory, out string? reason)
    {
        directory = null;
        if (!SignedDocument.TryVerify(text, operatorKey, out byte[] payload))
        {
            reason = "The directory is not signed by the operator key.";
            return false;
        }

        try
        {
            RegionDirectory? read = JsonSerializer.Deserialize(payload, DirectoryJson.Default.RegionDirectory);
            reason = read is null ? "The directory is empty." : read.FindFault();
            directory = reason is null ? read : null;
        }
        catch (JsonException e)
        {
            reason = $"The directory is not the JSON that it should be: {e.Message}";
        }

        return directory is not null;
    }
}
