using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Fuzz.Targets;

/// <summary>A small directory, the same each time, for what is held against one.</summary>
internal static class FuzzWorld
{
    /// <summary>The time, seconds since 1970.</summary>
    public const long Now = 1_800_000_000;

    private static readonly string Key = NewKey();

    public static RegionDirectory Directory { get; } = new()
    {
        Version = 5,
        Issued = Now - 1_000,
        Regions =
        [
            Region("eu-fra", "DE", null),
            Region("eu-par", "FR", null),
            Region("us-sea", "US", ["US"]),
            Region("zz-one", Countries.Unknown, null),
        ],
        Nodes = [Node("n_fra", "eu-fra", Key), Node("n_par", "eu-par", "AA"), Node("n_sea", "us-sea", "BB"), Node("n_one", "zz-one", "CC"), Node("n_old", "eu-fra", "DD")],
        Revoked = ["DD"],
    };

    private static Region Region(string id, string country, string[]? serves) =>
        new() { Id = id, Name = id, Country = country, Operator = "test", OperatorCountry = country, ServesOnly = serves };

    private static Node Node(string id, string region, string key) =>
        new() { Id = id, Region = region, Key = key, Roles = [Parley.Routing.Directory.Node.ControlRole, Parley.Routing.Directory.Node.MediaRole] };

    private static string NewKey()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return System.Buffers.Text.Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());
    }
}
