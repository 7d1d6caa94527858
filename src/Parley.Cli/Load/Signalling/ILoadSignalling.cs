namespace Parley.Cli.Load.Signalling;

/// <summary>How the load's peers meet a server: WHIP and WHEP for a node, something else for another SFU in a comparison.</summary>
public interface ILoadSignalling : IAsyncDisposable
{
    /// <summary>Makes the meeting, before the first peer.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>Announces publisher <paramref name="publisher"/> (from 0).</summary>
    Task<RemotePeer> PublishAsync(int publisher, LocalPeer local, CancellationToken cancellation);

    /// <summary>Announces subscriber <paramref name="subscriber"/> (from 0), who watches <paramref name="publishers"/>.</summary>
    Task<RemotePeer> SubscribeAsync(int subscriber, IReadOnlyList<int> publishers, LocalPeer local, CancellationToken cancellation);
}
