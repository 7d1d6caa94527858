using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A relay link as its shard tells of it.</summary>
internal sealed class RelayLink(RelayLinkId id, int port, Action close) : IRelayLink
{
    private readonly TaskCompletionSource<bool> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RelayCloseReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public RelayLinkId Id => id;

    /// <inheritdoc />
    public int Port => port;

    /// <inheritdoc />
    public Task<bool> Connected => _connected.Task;

    /// <inheritdoc />
    public Task<RelayCloseReason> Ended => _ended.Task;

    /// <inheritdoc />
    public void Close() => close();

    /// <summary>It has keys.</summary>
    public void Connect() => _connected.TrySetResult(true);

    /// <summary>It has ended.</summary>
    public void End(RelayCloseReason reason)
    {
        _connected.TrySetResult(false);
        _ended.TrySetResult(reason);
    }
}
