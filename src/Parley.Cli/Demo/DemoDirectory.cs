using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Server.Keys;

namespace Parley.Cli.Demo;

/// <summary>Makes the demo's keys and the directory that its operator key signs, in the demo's data directory.</summary>
internal static class DemoDirectory
{
    /// <summary>Writes them; returns the paths of the signed directory and of the operator key's public half.</summary>
    public static (string Directory, string OperatorKey) Write(string data, IReadOnlyList<DemoSite> sites, TimeProvider time)
    {
        using ECDsa operatorKey = KeyFolder.Open(data).OpenOperator();
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        RegionDirectory directory = new()
        {
            Version = now,
            Issued = now,
            Regions = [.. sites.Select(static site => site.Region)],
            Nodes = [.. sites.Select(static site => Entry(site))],
        };
        string directoryFile = Path.Combine(data, "directory.signed");
        string keyFile = Path.Combine(data, "operator.pub.pem");
        File.WriteAllText(keyFile, operatorKey.ExportSubjectPublicKeyInfoPem() + '\n');
        File.WriteAllText(directoryFile, DirectorySigner.Sign(directory, operatorKey) + '\n');
        return (directoryFile, keyFile);
    }

    private static Node Entry(DemoSite site)
    {
        using ECDsa key = KeyFolder.Open(site.Data).OpenNode();
        return new Node
        {
            Id = PublicKeys.NodeId(key),
            Region = site.Region.Id,
            Key = PublicKeys.Write(key),
            Roles = [Node.ControlRole, Node.MediaRole],
            FrontDoor = site.Http,
            Control = site.Control,
        };
    }
}
