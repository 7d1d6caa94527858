using Microsoft.AspNetCore.SignalR;

namespace Parley.Server.Signalling;

/// <summary>Ends a connection that is in no meeting for too long: whoever connects means to join.</summary>
internal sealed class SeatDeadline : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly ITimer _timer;

    /// <summary>Begins to wait.</summary>
    public SeatDeadline(HubCallerContext connection, TimeSpan patience, TimeProvider time)
    {
        _patience = patience;
        _timer = time.CreateTimer(static state => ((HubCallerContext)state!).Abort(), connection, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The connection has taken a seat.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The connection has left its meeting.</summary>
    public void Start() => _timer.Change(_patience, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
