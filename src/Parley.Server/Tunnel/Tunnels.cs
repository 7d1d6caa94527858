using System.Collections.Concurrent;
using Parley.Rtc.Primitives;
using Parley.Server.Media;
using Parley.Server.Nodes;

namespace Parley.Server.Tunnel;

/// <summary>
/// The connections that are led to shards of this node. Looks four times a second whether each may go on: an end of the meeting's grant, of the transport or of the allocation ends it.
/// </summary>
internal sealed class Tunnels(GrantGate grants, HalfOpenGate halfOpen, TunnelCounters counters, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>The time between two looks: an end follows within a second of its cause.</summary>
    public static readonly TimeSpan SweepPeriod = HostedRooms.SweepPeriod;

    /// <summary>The most connections of one participant: a browser makes one a network interface and server.</summary>
    public const int MostOfParticipant = 8;

    private readonly ConcurrentDictionary<TunnelConnection, byte> _open = new();
    private readonly Lock _adding = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>The time, as the protocol is told it.</summary>
    public MonotonicTime Now => new(time.GetElapsedTime(_start).Ticks);

    /// <summary>How many there are of a kind.</summary>
    public int Count(TunnelKind kind) => _open.Keys.Count(connection => connection.Kind == kind);

    /// <summary>Whether a meeting may be carried here now.</summary>
    public bool IsGranted(string meeting) => grants.Check(meeting) is null;

    /// <summary>Takes a connection; false when its participant has as many as it may have.</summary>
    public bool TryAdd(TunnelConnection connection)
    {
        lock (_adding)
            return _open.Keys.Count(other => IsSame(other.User, connection.User)) < MostOfParticipant && _open.TryAdd(connection, 0);
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(TunnelConnection connection)
    {
        if (_open.TryRemove(connection, out _))
            counters.End(connection.End ?? TunnelReasons.Left);
    }

    /// <summary>Ends what may not go on.</summary>
    public void Sweep()
    {
        halfOpen.Sweep();
        MonotonicTime now = Now;
        foreach (TunnelConnection connection in _open.Keys)
        {
            if (FindEnd(connection, now) is { } reason)
                connection.Close(reason);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the server waits for its connections.
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(Clear);
        using PeriodicTimer timer = new(SweepPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Sweep();
        }
        catch (OperationCanceledException)
        {
            // The end of the node.
        }
    }

    private static bool IsSame(TunnelUser one, TunnelUser other) => one.Meeting == other.Meeting && one.Participant == other.Participant;

    private string? FindEnd(TunnelConnection connection, MonotonicTime now)
    {
        if (!IsGranted(connection.User.Meeting))
            return TunnelReasons.GrantMissing;
        if (!connection.Gate.IsOpen)
            return TunnelReasons.TransportEnded;
        return connection.Session is { } session && session.ExpiresAt <= now ? TunnelReasons.Lapsed : null;
    }

    private void Clear()
    {
        halfOpen.Clear();
        foreach (TunnelConnection connection in _open.Keys)
            connection.Close(TunnelReasons.Stopping);
    }
}
