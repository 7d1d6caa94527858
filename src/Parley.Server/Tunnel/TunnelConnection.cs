using Microsoft.AspNetCore.Connections;
using Parley.Rtc.Turn;
using Parley.Server.Media;

namespace Parley.Server.Tunnel;

/// <summary>A connection that is led to a shard, as <see cref="Tunnels"/> watches it.</summary>
/// <param name="kind">How it comes.</param>
/// <param name="user">Whom it is for.</param>
/// <param name="gate">What of it may pass.</param>
/// <param name="connection">The connection.</param>
internal sealed class TunnelConnection(TunnelKind kind, TunnelUser user, UfragGate gate, ConnectionContext connection)
{
    private string? _end;

    /// <summary>How it comes.</summary>
    public TunnelKind Kind => kind;

    /// <summary>Whom it is for.</summary>
    public TunnelUser User => user;

    /// <summary>What of it may pass.</summary>
    public UfragGate Gate => gate;

    /// <summary>Its allocation; null for ICE-TCP.</summary>
    public TurnSession? Session { get; init; }

    /// <summary>Why it was ended; null while it was not, or when the client ended it.</summary>
    public string? End => Volatile.Read(ref _end);

    /// <summary>Ends it; the first reason stays.</summary>
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _end, reason, null) is null)
            connection.Abort(new ConnectionAbortedException($"The tunnel was closed: {reason}."));
    }
}
