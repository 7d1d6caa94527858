using Parley.Routing.Grants;
using Parley.Server.Directory;
using Parley.Server.Media;

namespace Parley.Server.Nodes;

/// <summary>The way to this node's own media, through the same gate as everyone's.</summary>
internal sealed class LocalLink(NodeDirectory directory, IMediaNode node, HostedRooms rooms, OwnStatement statement) : IMediaNodeLink
{
    /// <inheritdoc />
    public string Node => directory.Self.Id;

    /// <inheritdoc />
    public string Region => directory.Self.Region;

    /// <inheritdoc />
    public bool IsAlive => node.IsHealthy;

    /// <inheritdoc />
    public string? Statement => statement.Text;

    /// <inheritdoc />
    public string? Life => rooms.Life;

    /// <inheritdoc />
    public NodeLoad Load => rooms.Load;

    /// <inheritdoc />
    public Task<GrantRefusal?> GrantAsync(string grant, CancellationToken cancellation = default) => Task.FromResult(rooms.Grant(grant));

    /// <inheritdoc />
    public Task<GrantRefusal?> RevokeAsync(string revocation, CancellationToken cancellation = default) => Task.FromResult(rooms.Revoke(revocation));

    /// <inheritdoc />
    public Task<IMediaRoom> OpenRoomAsync(string meeting, IReadOnlyCollection<string>? peers = null, CancellationToken cancellation = default)
    {
        try
        {
            return Task.FromResult<IMediaRoom>(rooms.Open(meeting, peers ?? []));
        }
        catch (Problems.ProblemException refusal)
        {
            return Task.FromException<IMediaRoom>(refusal);
        }
    }
}
