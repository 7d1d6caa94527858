using System.Text;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;

namespace Parley.Fuzz.Targets;

/// <summary>Signed directories: the text as it is, and the input as the signed content. One that is taken is sound, can be written again, and every fence can be evaluated in it.</summary>
internal static class DirectoryTarget
{
    private static readonly PaperKey Key = new();
    private static readonly ScopedGeofence[] Fences =
    [
        new(GeofenceScope.Platform, new Geofence { Deny = ["operator:US", "country:FR"] }),
        new(GeofenceScope.Meeting, new Geofence { Allow = ["group:EEA", "region:eu-fra"] }),
    ];

    public static void Run(byte[] input)
    {
        Take(Encoding.Latin1.GetString(input));
        Take(SignedDocument.Sign(input, Key));
    }

    private static void Take(string text)
    {
        DirectoryKeeper keeper = new(Key);
        string? refusal = keeper.Accept(text, FuzzWorld.Now);
        if (refusal is null != keeper.Current is not null || refusal is { Length: 0 })
            throw new InvalidOperationException("A directory is neither taken nor refused.");
        if (keeper.Current is not { } directory)
            return;
        if (directory.FindFault() is { } fault)
            throw new InvalidOperationException($"A directory with a fault was taken: {fault}");
        foreach (RegionVerdict verdict in new EffectiveGeofence(directory, Fences, ["DE", "ZZ"]).Verdicts)
        {
            if (verdict.Reason.Length == 0)
                throw new InvalidOperationException("A verdict says nothing.");
        }

        foreach (Node node in directory.Nodes)
            _ = NodeStatementSigner.TryVerify("e30." + new string('A', 86), node.Id, directory, FuzzWorld.Now, out _, out _);
        if (!DirectorySigner.TryVerify(DirectorySigner.Sign(directory, Key), Key, out RegionDirectory? again, out string? reason))
            throw new InvalidOperationException($"A directory cannot be read back: {reason}");
        if (again!.Nodes.Count != directory.Nodes.Count || again.Regions.Count != directory.Regions.Count || again.Version != directory.Version)
            throw new InvalidOperationException("A directory changes when it is written again.");
        if (keeper.Accept(text, FuzzWorld.Now) is not null)
            throw new InvalidOperationException("The same directory again is refused.");
    }
}
