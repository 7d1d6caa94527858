using System.Text.Json.Nodes;
using Parley.Cli.Keys;
using Parley.Routing.Directory;

namespace Parley.NetLab.Nodes;

/// <summary>The lab's operator: makes keys and signs directories as <c>parley keys</c> does (docs/hosting.md).</summary>
internal sealed class LabDirectory
{
    private readonly string _folder;

    public LabDirectory(string folder)
    {
        _folder = folder;
        KeyTasks.MakeOperator(Offline, TextWriter.Null);
    }

    /// <summary>Where nodes look for it.</summary>
    public string File => Path.Combine(_folder, "directory.signed");

    public string OperatorKey => Path.Combine(Offline, "operator.pub.pem");

    /// <summary>Every node that was ever listed, with its key: whose statements these are.</summary>
    public RegionDirectory Everyone { get; private set; } = new() { Version = 1, Issued = 0, Regions = [], Nodes = [] };

    private string Offline => Path.Combine(_folder, "offline");

    private string Draft => Path.Combine(_folder, "regions.json");

    /// <summary>Makes a node's key; its entry for the directory.</summary>
    public static JsonObject MakeNode(string data, string id, string region, string[] roles, string address)
    {
        using StringWriter print = new();
        KeyTasks.MakeNode(data, region, print);
        string printed = print.ToString();
        JsonObject entry = JsonNode.Parse(printed[printed.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
        entry["id"] = id;
        entry["roles"] = new JsonArray([.. roles.Select(static role => JsonValue.Create(role))]);
        entry["control"] = $"{address}:{LabWorld.ControlPort}";
        entry.Remove("frontDoor");
        if (roles.Contains("control"))
            entry["frontDoor"] = $"http://{address}:{LabWorld.HttpPort}";
        return entry;
    }

    /// <summary>Signs the next version with these nodes, and puts it where the nodes look, at once and wholly.</summary>
    public void Publish(IEnumerable<JsonObject> nodes)
    {
        JsonArray list = [.. nodes.Select(static node => node.DeepClone())];
        HashSet<string> used = [.. list.Select(static node => (string)node!["region"]!)];
        JsonObject draft = new()
        {
            ["validDays"] = 1,
            ["regions"] = new JsonArray([.. LabWorld.Regions().Where(region => used.Contains((string)region!["id"]!)).Select(static region => region!.DeepClone())]),
            ["nodes"] = list,
        };
        System.IO.File.WriteAllText(Draft, draft.ToJsonString());
        string next = File + ".next";
        KeyTasks.Sign(Offline, Draft, next, TextWriter.Null);
        System.IO.File.Move(next, File, overwrite: true);
        Everyone = Everyone with { Nodes = [.. Everyone.Nodes.UnionBy(list.Select(static node => ToNode(node!)), static node => node.Id)] };
    }

    private static Node ToNode(JsonNode node) => new()
    {
        Id = (string)node["id"]!,
        Region = (string)node["region"]!,
        Key = (string)node["key"]!,
        Roles = [.. node["roles"]!.AsArray().Select(static role => (string)role!)],
    };
}
