using Parley.Routing.Grants;
using Parley.Routing.Routes;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Nodes;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>Signs grants and revocations with this node's key and hands them to their nodes.</summary>
internal sealed class GrantCourier(NodeDirectory directory, NodeKeys keys, IMediaNodes nodes)
{
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(RouteTimes.Transit);

    /// <summary>The control node that signs: this one.</summary>
    public string Issuer => directory.Self.Id;

    /// <summary>Hands one over. The answer is whether the node takes it, and its reason when not; null: there was no answer.</summary>
    /// <param name="grant">It.</param>
    /// <param name="kept">What must be stored before; when that takes too long, nothing is handed over.</param>
    public async Task<GrantAnswer?> SendAsync(RouteGrant grant, Task kept)
    {
        if (nodes.Find(grant.Node) is not { } link || (link.Life is null && !grant.Revokes))
            return null;
        string text = GrantSigner.Sign(grant.Revokes ? grant : grant with { Life = link.Life }, keys.Node);
        using CancellationTokenSource late = new(Transit);
        try
        {
            await kept.WaitAsync(late.Token);
            GrantRefusal? refusal = grant.Revokes ? await link.RevokeAsync(text, late.Token) : await link.GrantAsync(text, late.Token);

            // It has just restarted, and says so with its next answer to a ping: then the grant is sent again.
            return refusal?.Rule == GrantRefusal.OtherLife ? null : new GrantAnswer(refusal);
        }
        catch (Exception fault) when (fault is ProblemException or OperationCanceledException)
        {
            return null;
        }
    }
}
