using System.ComponentModel;
using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Server.Directory;

/// <summary>The directory as the API shows it.</summary>
/// <param name="Version">Counts versions from 1 on.</param>
/// <param name="Issued">When it was made, seconds since 1970 in UTC.</param>
/// <param name="Regions">All regions.</param>
/// <param name="Nodes">All nodes.</param>
/// <param name="Signed">The same directory as the operator key signed it.</param>
/// <param name="OperatorKey">The operator key's public half.</param>
internal sealed record DirectoryView(
    long Version,
    long Issued,
    IReadOnlyList<Region> Regions,
    IReadOnlyList<Node> Nodes,
    [property: Description("The directory as signed: base64url(JSON) \".\" base64url(ECDSA P-256 signature, IEEE P1363, over the first part as transmitted). Only this is to be trusted.")] string Signed,
    [property: Description("The operator key's public half (SubjectPublicKeyInfo, base64url). Pin it; do not believe this one.")] string OperatorKey)
{
    /// <summary>What a demonstration lets people try; null on a real node.</summary>
    public DemoView? Demo { get; init; }
}
