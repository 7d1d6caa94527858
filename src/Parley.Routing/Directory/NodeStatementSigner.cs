using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Parley.Routing.Directory;

/// <summary>Turns a node statement into its signed text and back.</summary>
public static class NodeStatementSigner
{
    /// <summary>How far two honest clocks may be apart, seconds.</summary>
    public const long ClockTolerance = 90;

    /// <summary>Signs a statement with the node's key.</summary>
    public static string Sign(NodeStatement statement, ECDsa nodeKey) =>
        SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(statement, DirectoryJson.Default.NodeStatement), nodeKey);

    /// <summary>Reads a statement and holds it against the directory's entry of that node; false, with the reason, when it must not be trusted.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="node">The id of the node it should be of.</param>
    /// <param name="directory">A verified directory.</param>
    /// <param name="now">The time, seconds since 1970 in UTC.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="reason">Why not, as a sentence.</param>
    public static bool TryVerify(string text, string node, RegionDirectory directory, long now, out NodeStatement? statement, out string? reason)
    {
        statement = null;
        if (directory.FindNode(node) is not { } entry)
        {
            reason = $"The directory lists no node '{node}', or has revoked its key.";
            return false;
        }

        NodeStatement? read = Read(text, entry, out reason);
        if (read is null)
            return false;
        reason = (read.Node != entry.Id || read.Region != entry.Region) switch
        {
            true => $"The statement says node '{read.Node}' in region '{read.Region}'; the directory says node '{entry.Id}' in region '{entry.Region}'.",
            false when now > read.Expires + ClockTolerance => "The node's statement has expired.",
            false when now < read.Issued - ClockTolerance => "The node's statement is from the future.",
            _ => null,
        };
        statement = reason is null ? read : null;
        return statement is not null;
    }

    private static NodeStatement? Read(string text, Node entry, out string? reason)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(entry.Key), out _);
            if (!SignedDocument.TryVerify(text, key, out byte[] payload))
            {
                reason = $"The statement is not signed by the key of node '{entry.Id}'.";
                return null;
            }

            NodeStatement? read = JsonSerializer.Deserialize(payload, DirectoryJson.Default.NodeStatement);
            reason = read is null ? "The node's statement is empty." : null;
            return read;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            reason = $"The directory's key of node '{entry.Id}' is no P-256 key.";
        }
        catch (JsonException fault)
        {
            reason = $"The node's statement is not the JSON that it should be: {fault.Message}";
        }

        return null;
    }
}
