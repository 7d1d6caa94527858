using System.Buffers.Text;
using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Server.Nodes;

namespace Parley.Fuzz.Targets;

/// <summary>Node statements, the input as the content that a node has really signed: what is believed is of that node, its region and this time, and can be connected to.</summary>
internal static class StatementTarget
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RegionDirectory Directory = FuzzWorld.Directory with
    {
        Nodes = [FuzzWorld.Directory.Nodes[0] with { Key = Base64Url.EncodeToString(Key.ExportSubjectPublicKeyInfo()) }],
    };

    public static void Run(byte[] input)
    {
        bool isBelieved = NodeStatementSigner.TryVerify(SignedDocument.Sign(input, Key), "n_fra", Directory, FuzzWorld.Now, out NodeStatement? said, out string? reason);
        if (isBelieved == said is null || isBelieved != (reason is null))
            throw new InvalidOperationException("A statement is neither believed nor refused.");
        if (said is null)
            return;
        const long Slack = NodeStatementSigner.ClockTolerance;
        if (said.Node != "n_fra" || said.Region != "eu-fra" || said.Expires < FuzzWorld.Now - Slack || said.Issued > FuzzWorld.Now + Slack)
            throw new InvalidOperationException("Another node's statement, or one of another time, is believed.");
        if (Fingerprints.Read(said.Fingerprint) is { } hash && Fingerprints.Write(hash) != said.Fingerprint)
            throw new InvalidOperationException("A fingerprint changes when it is written again.");
        foreach (NodeAddress address in said.Addresses)
            _ = RelayNames.Addresses(said, address.Port);
    }
}
