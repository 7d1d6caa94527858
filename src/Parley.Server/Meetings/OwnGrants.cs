using Parley.Routing.Grants;
using Parley.Server.Directory;
using Parley.Server.Keys;

namespace Parley.Server.Meetings;

/// <summary>Grants of this node to itself, for meetings of its own region without any fence.</summary>
internal sealed class OwnGrants(NodeDirectory directory, NodeKeys keys, TimeProvider time)
{
    private const int Lifetime = 30;

    /// <summary>A signed grant for a meeting, newer than all before: its serial is the time in ms.</summary>
    public string For(string meeting) => GrantSigner.Sign(
        new RouteGrant
        {
            Meeting = meeting,
            Node = directory.Self.Id,
            Region = directory.Self.Region,
            Peers = [],
            Fences = [],
            Countries = [],
            FenceDigest = FenceDigest.Of([], []),
            Epoch = 1,
            Serial = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Issuer = directory.Self.Id,
            Issued = time.GetUtcNow().ToUnixTimeSeconds(),
            Lifetime = Lifetime,
        },
        keys.Node);
}
