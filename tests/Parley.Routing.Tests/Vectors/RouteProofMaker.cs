using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Vectors;

/// <summary>Signs the vectors of <c>route-proof.json</c> with new keys. Failures are named by the client's codes.</summary>
internal sealed class RouteProofMaker : IDisposable
{
    private const long Now = 1_800_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ECDsa _operator = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _frankfurt = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _seattle = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _revoked = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private RegionDirectory Sound => new()
    {
        Version = 5,
        Issued = Now - 1000,
        Expires = Now + 1000,
        Regions =
        [
            new Region { Id = "eu-fra", Name = "Frankfurt", City = "Frankfurt", Country = "DE", Latitude = 50.1, Longitude = 8.7, Operator = "Ünïcode GmbH", OperatorCountry = "DE" },
            new Region { Id = "us-sea", Name = "Seattle", City = "Seattle", Country = "US", Operator = "Example", OperatorCountry = "US", ServesOnly = ["US"] },
        ],
        Nodes =
        [
            new Node { Id = "n_fra", Region = "eu-fra", Key = Public(_frankfurt), Roles = ["control", "media"], FrontDoor = "https://fra.example.org" },
            new Node { Id = "n_sea", Region = "us-sea", Key = Public(_seattle), Roles = ["media"] },
            new Node { Id = "n_old", Region = "eu-fra", Key = Public(_revoked), Roles = ["media"] },
        ],
        Revoked = [Public(_revoked)],
    };

    private static NodeStatement Frankfurt => new()
    {
        Node = "n_fra",
        Region = "eu-fra",
        Fingerprint = string.Join(':', Enumerable.Range(0x10, 32).Select(static value => value.ToString("X2", null))),
        Addresses = [new NodeAddress("192.0.2.7", 40000, "udp"), new NodeAddress("2001:db8::7", 40000, "udp")],
        Issued = Now - 60,
        Expires = Now + 240,
    };

    public RouteProofVectors Make() => new()
    {
        About = "Directories and node statements as the C# code signs them; their keys were thrown away. Made anew by a test when PARLEY_WRITE_VECTORS names the folder to write to.",
        Now = Now,
        OperatorKey = Public(_operator),
        OperatorKeyHash = Base64Url.EncodeToString(SHA256.HashData(_operator.ExportSubjectPublicKeyInfo())),
        Directories =
        [
            new("sound", DirectorySigner.Sign(Sound, _operator), null),
            new("another operator's", DirectorySigner.Sign(Sound, _stranger), "directory-signature"),
            new("a changed payload", Tampered(DirectorySigner.Sign(Sound, _operator)), "directory-signature"),
            new("a signature in DER form", Der("{}"), "directory-signature"),
            new("signed, but no directory", SignedDocument.Sign("[]"u8, _operator), "directory-faulty"),
            new("a region listed twice", Unchecked(Sound with { Regions = [.. Sound.Regions, Sound.Regions[1]] }), "directory-faulty"),
            new("a node listed twice", Unchecked(Sound with { Nodes = [.. Sound.Nodes, Sound.Nodes[1] with { Key = Public(_stranger) }] }), "directory-faulty"),
            new("two nodes with one key", Unchecked(Sound with { Nodes = [.. Sound.Nodes, Sound.Nodes[1] with { Id = "n_new" }] }), "directory-faulty"),
            new("a group listed twice", Unchecked(Sound with { Groups = [.. Sound.Groups, Sound.Groups[0]] }), "directory-faulty"),
            new("a node in a region that is not listed", Unchecked(Sound with { Regions = [Sound.Regions[0]] }), "directory-faulty"),
            new("expired within the tolerance", DirectorySigner.Sign(Sound with { Expires = Now - 90 }, _operator), null),
            new("expired", DirectorySigner.Sign(Sound with { Expires = Now - 91 }, _operator), "directory-expired"),
            new("from the future", DirectorySigner.Sign(Sound with { Issued = Now + 91, Expires = 0 }, _operator), "directory-expired"),
            new("without an end", DirectorySigner.Sign(Sound with { Expires = 0 }, _operator), null),
        ],
        Statements =
        [
            Of("sound", Frankfurt, _frankfurt, null),
            Of("another node's key", Frankfurt, _seattle, "statement-signature"),
            Of("the operator's key is no node's", Frankfurt, _operator, "statement-signature"),
            Of("another region than the directory's", Frankfurt with { Region = "us-sea" }, _frankfurt, "statement-region"),
            Of("another node's statement", Frankfurt with { Node = "n_sea", Region = "us-sea" }, _frankfurt, "statement-region"),
            Of("clocks 90 s apart, behind", Frankfurt with { Expires = Now - 90 }, _frankfurt, null),
            Of("expired", Frankfurt with { Expires = Now - 91 }, _frankfurt, "statement-expired"),
            Of("clocks 90 s apart, ahead", Frankfurt with { Issued = Now + 90 }, _frankfurt, null),
            Of("from the future", Frankfurt with { Issued = Now + 91 }, _frankfurt, "statement-expired"),
            new("a changed payload", "n_fra", "eu-fra", Tampered(NodeStatementSigner.Sign(Frankfurt, _frankfurt)), "statement-signature"),
            new("a node that the directory does not list", "n_new", "eu-fra", NodeStatementSigner.Sign(Frankfurt with { Node = "n_new" }, _frankfurt), "node-unknown"),
            new("a revoked key", "n_old", "eu-fra", NodeStatementSigner.Sign(Frankfurt with { Node = "n_old" }, _revoked), "node-unknown"),
            new("no statement at all", "n_fra", "eu-fra", "", "statement-signature"),
        ],
    };

    public void Dispose()
    {
        foreach (ECDsa key in (ECDsa[])[_operator, _stranger, _frankfurt, _seattle, _revoked])
            key.Dispose();
    }

    private static RouteProofVectors.StatementVector Of(string name, NodeStatement statement, ECDsa key, string? failure) =>
        new(name, "n_fra", "eu-fra", NodeStatementSigner.Sign(statement, key), failure);

    private static string Public(ECDsa key) => Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());

    // As no operator's tool signs it.
    private string Unchecked(RegionDirectory directory) => SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(directory, Json), _operator);

    private static string Tampered(string signed)
    {
        string[] parts = signed.Split('.');
        string payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("Frankfurt", "Frankfort", StringComparison.Ordinal).Replace("192.0.2.7", "192.0.2.8", StringComparison.Ordinal);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[1]}";
    }

    private string Der(string payload)
    {
        string body = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return $"{body}.{Base64Url.EncodeToString(_operator.SignData(Encoding.ASCII.GetBytes(body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))}";
    }
}
