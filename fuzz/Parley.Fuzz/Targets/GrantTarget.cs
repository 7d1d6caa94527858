using System.Buffers.Text;
using System.Text;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Regions;

namespace Parley.Fuzz.Targets;

/// <summary>Grants as a node takes them and as a peer shows them: the text as it is, and the input as the signed content. Nothing outside its own fence may be taken.</summary>
internal static class GrantTarget
{
    private const string Self = "n_fra";

    public static void Run(byte[] input)
    {
        Take(Encoding.Latin1.GetString(input));
        Take(Base64Url.EncodeToString(input) + ".AA");
    }

    private static void Take(string text)
    {
        GrantTable table = new(Self, FuzzWorld.Directory, static (_, _) => true);
        if (GrantSigner.Verify(text, FuzzWorld.Directory, FuzzWorld.Now, out RouteGrant? read, static (_, _) => true) is null)
            Hold(read!);
        GrantRefusal? refusal = table.Accept(text, FuzzWorld.Now, 0, out RouteGrant? grant);
        if (refusal is null != grant is not null || refusal is { Rule.Length: 0 } or { Sentence.Length: 0 })
            throw new InvalidOperationException("A grant is neither taken nor refused.");
        _ = table.CheckPeer(grant?.Meeting ?? "eu-fra-0", "n_par", text, FuzzWorld.Now, 1);
        if (grant is { Revokes: false } && (table.Find(grant.Meeting, 1) != grant || table.Sweep(1).Count != 0))
            throw new InvalidOperationException("A grant that was taken is not in force.");
        table.Use(FuzzWorld.Directory with { Version = 6, Nodes = [] });
        if (grant is { Revokes: false } && table.Sweep(1) is not [_])
            throw new InvalidOperationException("A grant outlives its node.");
    }

    private static void Hold(RouteGrant grant)
    {
        if (Math.Abs((decimal)grant.Issued - FuzzWorld.Now) > GrantSigner.Freshness)
            throw new InvalidOperationException("A grant of another time was taken.");
        if (grant.Revokes)
            return;
        EffectiveGeofence fence = new(FuzzWorld.Directory, grant.Fences, grant.Countries);
        string?[] regions = [grant.Region, MeetingHome.Of(grant.Meeting), .. grant.Peers.Select(static peer => FuzzWorld.Directory.FindNode(peer)?.Region)];
        if (regions.Any(region => region is not null && !fence.Allows(region)) || regions[1] is null)
            throw new InvalidOperationException("A grant outside its own fence was taken.");
        if (regions.Contains("us-sea") && grant.Countries.Any(static country => country != "US"))
            throw new InvalidOperationException("A region carries people whom it does not serve.");
    }
}
