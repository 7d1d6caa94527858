using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Routing.Directory;
using Parley.Server.Keys;

namespace Parley.Cli.Keys;

/// <summary>What <c>parley keys</c> does.</summary>
public static class KeyTasks
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the operator key.</summary>
    public static void MakeOperator(string data, TextWriter print)
    {
        using OperatorDesk desk = OperatorDesk.Open(data, make: true);
        print.WriteLine("Operator key");
        Print(desk.PublicKey, print);
        print.WriteLine($"  for nodes    {desk.PublicFile} (start them with --operator-key)");
        print.WriteLine("Keep this folder offline and copied: whoever has the key decides what a region is, and no other key can follow it.");
    }

    /// <summary>Makes a node key.</summary>
    public static void MakeNode(string data, string region, TextWriter print)
    {
        using ECDsa key = KeyFolder.Open(data).OpenNode();
        print.WriteLine("Node key");
        Print(PublicKeys.Write(key), print);
        Entry(key, region, print);
    }

    /// <summary>Shows a folder's keys.</summary>
    public static void Show(string data, TextWriter print)
    {
        KeyFolder folder = KeyFolder.Open(data);
        if (folder.HasOperator)
        {
            using ECDsa key = folder.OpenOperator();
            print.WriteLine("Operator key");
            Print(PublicKeys.Write(key), print);
            print.WriteLine($"  in links     #k={PublicKeys.LinkHash(PublicKeys.Write(key))}");
        }

        if (folder.HasNode)
            ShowNode("Node key", folder.OpenNode(), print);
        if (folder.HasNext)
            ShowNode("Next node key (a rotation has made it; the node takes it at a start after the directory lists it)", folder.OpenNext(), print);
        if (!folder.HasOperator && !folder.HasNode)
            print.WriteLine($"There are no keys in {folder.Path}.");
    }

    /// <summary>Signs a directory, and certificates beside it.</summary>
    public static void Sign(string data, string draft, string? output, TextWriter print)
    {
        using OperatorDesk desk = OperatorDesk.Open(data, make: false);
        Sign(desk, draft, output, print);
    }

    /// <summary>Makes the key that follows a node's.</summary>
    public static void Rotate(string data, string region, TextWriter print)
    {
        KeyFolder folder = KeyFolder.Open(data);
        if (!folder.HasNode)
            throw new InvalidDataException($"There is no node key in {folder.Path}: make one with parley keys node.");
        using ECDsa next = folder.OpenNext();
        print.WriteLine("Next node key");
        Print(PublicKeys.Write(next), print);
        Entry(next, region, print);
        print.WriteLine("Add this entry beside the one of the key in use, sign, and restart the node: meetings go on over both. Then revoke the old entry.");
    }

    /// <summary>Revokes a node's key.</summary>
    public static void Revoke(string data, string draft, string? output, string node, TextWriter print)
    {
        using OperatorDesk desk = OperatorDesk.Open(data, make: false);
        DirectoryDraft.Read(draft);
        JsonObject json = JsonNode.Parse(File.ReadAllText(draft), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        JsonArray nodes = json["nodes"]!.AsArray();
        JsonNode entry = nodes.FirstOrDefault(entry => (string?)entry!["id"] == node) ?? throw new InvalidDataException($"{draft} lists no node '{node}'.");
        nodes.Remove(entry);
        if (json["revoked"] is not JsonArray revoked)
            json["revoked"] = revoked = [];
        revoked.Add((string?)entry["key"]);
        OperatorDesk.Replace(draft, json.ToJsonString(Readable) + Environment.NewLine);
        print.WriteLine($"Node '{node}' is out of {draft}, and its key among the revoked ones.");
        Sign(desk, draft, output, print);
    }

    private static void Sign(OperatorDesk desk, string draft, string? output, TextWriter print)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (RegionDirectory directory, string text) = desk.Sign(DirectoryDraft.Read(draft), now);
        string path = Path.GetFullPath(output ?? desk.SignedFile);
        if (path != desk.SignedFile)
            OperatorDesk.Replace(path, text);
        string folder = Path.Combine(Path.GetDirectoryName(path)!, "certificates");
        Directory.CreateDirectory(folder);
        foreach (Node node in directory.Nodes)
            OperatorDesk.Replace(Path.Combine(folder, Safe(node.Id) + ".crt"), desk.Certify(node, now));
        print.WriteLine($"Directory version {directory.Version}: {directory.Regions.Count} regions, {directory.Nodes.Count} nodes, {directory.Revoked.Count} revoked keys.");
        print.WriteLine($"  signed       {path}");
        print.WriteLine($"  certificates {folder} (optional: NODE.crt as keys/node.crt in the node's data folder)");
        print.WriteLine(directory.Expires == 0 ? "  holds        until a newer version" : $"  holds        until {DateTimeOffset.FromUnixTimeSeconds(directory.Expires):u}");
    }

    private static string Safe(string id) => string.Concat(id.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));

    private static void ShowNode(string title, ECDsa key, TextWriter print)
    {
        using (key)
        {
            print.WriteLine(title);
            Print(PublicKeys.Write(key), print);
            print.WriteLine($"  id           {PublicKeys.NodeId(key)} (unless the directory gives it another)");
        }
    }

    private static void Print(string publicKey, TextWriter print)
    {
        print.WriteLine($"  fingerprint  {PublicKeys.Fingerprint(publicKey)}");
        print.WriteLine($"  public half  {publicKey}");
    }

    private static void Entry(ECDsa key, string region, TextWriter print)
    {
        Node entry = new()
        {
            Id = PublicKeys.NodeId(key),
            Region = region,
            Key = PublicKeys.Write(key),
            Roles = [Node.ControlRole, Node.MediaRole],
            FrontDoor = $"https://{region}.example.org",
            Control = $"{region}.example.org:7443",
        };
        print.WriteLine("Its entry for the directory, with your addresses instead of these:");
        print.WriteLine(JsonSerializer.Serialize(entry, Readable));
    }
}
