using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Media;

/// <summary>A relay link without media: connected at once, until it is closed.</summary>
internal sealed class FakeLink(RelayLinkId id, int port, RelayEnds ends) : IRelayLink
{
    private readonly TaskCompletionSource<RelayCloseReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RelayLinkId Id => id;

    public int Port => port;

    public RelayEnds Ends => ends;

    public Task<bool> Connected => Task.FromResult(true);

    public Task<RelayCloseReason> Ended => _ended.Task;

    public void Close() => End(RelayCloseReason.Requested);

    public void End(RelayCloseReason reason) => _ended.TrySetResult(reason);
}
