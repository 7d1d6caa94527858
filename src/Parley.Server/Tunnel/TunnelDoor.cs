using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Parley.Rtc.Turn;

namespace Parley.Server.Tunnel;

/// <summary>
/// Stands before HTTP at each of the node's listeners and tells what a connection speaks: TURN, ICE-TCP, or what the listener is for. Where there is TLS it stands before that, too: ICE-TCP
/// comes without.
/// </summary>
internal sealed class TunnelDoor(HalfOpenGate gate, TunnelServices services)
{
    /// <summary>Adds it to a listener; <paramref name="useTls"/> adds TLS, null for none.</summary>
    public void Guard(ListenOptions listener, Action<ListenOptions>? useTls)
    {
        if (useTls is null)
        {
            listener.Use(next => connection => PassAsync(connection, next, isLast: true));
            return;
        }

        listener.Use(next => connection => PassAsync(connection, next, isLast: false));
        useTls(listener);
        listener.Use(next => connection => PassAsync(connection, next, isLast: true));
    }

    private async Task PassAsync(ConnectionContext connection, ConnectionDelegate next, bool isLast)
    {
        // TLS is told apart from the rest by the first of the two; what is within by the second.
        HalfOpen? entered = connection.Features.Get<HalfOpen>();
        HalfOpen halfOpen = entered ?? gate.Enter(connection);
        connection.Features.Set(halfOpen);
        if (entered is not null)
            gate.Pause(entered);
        try
        {
            switch (await ReadKindAsync(connection, halfOpen))
            {
                case StreamKind.Turn:
                    await ServeTurnAsync(connection, halfOpen);
                    break;
                case StreamKind.IceTcp:
                    await ServeIceTcpAsync(connection, halfOpen);
                    break;
                case StreamKind.Other:
                    if (isLast)
                        halfOpen.Leave();
                    await next(connection);
                    break;
            }
        }
        finally
        {
            if (entered is null)
                halfOpen.Leave();
        }
    }

    // Unknown: the connection ended before it said what it is.
    private async Task<StreamKind> ReadKindAsync(ConnectionContext connection, HalfOpen halfOpen)
    {
        PipeReader input = connection.Transport.Input;
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync();
                StreamKind kind = ReadKind(read.Buffer);
                bool isOver = kind != StreamKind.Unknown || read.IsCompleted;

                // Whoever reads next is to find everything there at once.
                input.AdvanceTo(read.Buffer.Start, isOver ? read.Buffer.Start : read.Buffer.End);
                if (isOver)
                    return kind;
                gate.Begin(halfOpen);
            }
        }
        catch (Exception fault) when (TunnelFaults.IsEnd(fault))
        {
            return StreamKind.Unknown;
        }
        finally
        {
            gate.Begin(halfOpen);
        }
    }

    private static StreamKind ReadKind(ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[StreamOpening.Length];
        int there = (int)Math.Min(buffer.Length, first.Length);
        buffer.Slice(0, there).CopyTo(first);
        return StreamOpening.Read(first[..there]);
    }

    private async Task ServeTurnAsync(ConnectionContext connection, HalfOpen halfOpen)
    {
        using TurnServer server = new(services, connection, halfOpen);
        try
        {
            await server.RunAsync();
        }
        catch (Exception fault) when (TunnelFaults.IsEnd(fault))
        {
            // The client has gone, or was closed.
        }
        finally
        {
            await server.EndAsync();
        }
    }

    private async Task ServeIceTcpAsync(ConnectionContext connection, HalfOpen halfOpen)
    {
        using IceTcpServer server = new(services, connection, halfOpen);
        try
        {
            await server.RunAsync();
        }
        catch (Exception fault) when (TunnelFaults.IsEnd(fault))
        {
            // The client has gone, or was closed.
        }
        finally
        {
            await server.EndAsync();
        }
    }
}
