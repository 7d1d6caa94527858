using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Parley.Server.Tunnel;

/// <summary>A connection of which nobody knows yet what it is for. Its memory is bounded by <see cref="HalfOpenGate"/>.</summary>
internal sealed class HalfOpen(HalfOpenGate gate, ConnectionContext connection, IPAddress network, long since)
{
    /// <summary>What counts as its client.</summary>
    public IPAddress Network => network;

    /// <summary>Its place among all.</summary>
    public LinkedListNode<HalfOpen>? Place { get; set; }

    /// <summary>Its place among those of its client.</summary>
    public LinkedListNode<HalfOpen>? PlaceOfClient { get; set; }

    /// <summary>When its present patience began: its accepting, then its first byte.</summary>
    public long Since { get; private set; } = since;

    /// <summary>Whether it has said anything.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Its first byte came: from now on the client is waited for less long. Only the first call counts.</summary>
    public void Begin(long now)
    {
        if (HasBegun)
            return;
        Since = now;
        HasBegun = true;
    }

    /// <summary>It has made its way through TLS and is silent again.</summary>
    public void Pause(long now)
    {
        Since = now;
        HasBegun = false;
    }

    /// <summary>It is known what it is for: others bound it now. May be called again.</summary>
    public void Leave() => gate.Leave(this);

    /// <summary>Gives it up.</summary>
    public void Abort() => connection.Abort(new ConnectionAbortedException("The connection did not say in time what it is for."));
}
