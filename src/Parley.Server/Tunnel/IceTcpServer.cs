using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Parley.Rtc.Ice;
using Parley.Server.Media;

namespace Parley.Server.Tunnel;

/// <summary>The node's end of one ICE-TCP connection (RFC 6544): frames become datagrams of a socket that leads to the shard which the first check names.</summary>
internal sealed class IceTcpServer(TunnelServices services, ConnectionContext connection, HalfOpen halfOpen) : IDisposable
{
    private readonly UfragGate _gate = new(services.Media, user: null) { Answered = halfOpen.Leave };
    private readonly StreamOutput _output = new(connection.Transport.Output);
    private readonly byte[] _scratch = new byte[IceTcpFrame.MaximumDatagram];
    private readonly CancellationTokenSource _end = new();
    private ShardSocket? _shard;
    private TunnelConnection? _tunnel;
    private Task _pumping = Task.CompletedTask;

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        PipeReader input = connection.Transport.Input;
        bool isOpen = true;
        while (isOpen)
        {
            ReadResult read = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            isOpen = Take(ref buffer) && !read.IsCompleted;
            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Ends the way to the shard.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        _shard?.Dispose();
        await _pumping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_tunnel is not null)
            services.Tunnels.Remove(_tunnel);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Dispose();
        _output.Dispose();
    }

    // Takes every whole frame; false when the connection is to be closed.
    private bool Take(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[IceTcpFrame.HeaderLength];
        while (buffer.Length >= header.Length)
        {
            buffer.Slice(0, header.Length).CopyTo(header);
            if (!IceTcpFrame.TryReadLength(header, out int length))
                return Refuse(TunnelReasons.Malformed);
            if (buffer.Length < header.Length + length)
                return true;
            ReadOnlySequence<byte> frame = buffer.Slice(header.Length, length);
            if (!TakeDatagram(frame.IsSingleSegment ? frame.FirstSpan : Copy(frame)))
                return false;
            buffer = buffer.Slice(header.Length + length);
        }

        return true;
    }

    private ReadOnlySpan<byte> Copy(ReadOnlySequence<byte> frame)
    {
        frame.CopyTo(_scratch);
        return _scratch.AsSpan(0, (int)frame.Length);
    }

    private bool TakeDatagram(ReadOnlySpan<byte> datagram)
    {
        if (_gate.Check(datagram) is { } reason)
        {
            // Nothing but a check of somebody who is expected opens the way.
            services.Counters.Refuse(reason);
            return _shard is not null;
        }

        if (_shard is null && !Open(_gate.Owner!))
            return false;
        if (_shard!.Send(datagram))
            services.Counters.CountIn(datagram.Length);
        else
            services.Counters.Refuse(TunnelReasons.ShardBusy);
        return true;
    }

    private bool Open(UfragOwner owner)
    {
        if (!services.Tunnels.IsGranted(owner.Meeting))
            return Refuse(TunnelReasons.GrantMissing);
        TunnelConnection tunnel = new(TunnelKind.IceTcp, new TunnelUser(0, owner.Meeting, owner.Participant), _gate, connection);
        if (!services.Tunnels.TryAdd(tunnel))
            return Refuse(TunnelReasons.Quota);
        _tunnel = tunnel;
        _shard = new ShardSocket();
        _shard.Lead(owner.Port);
        _pumping = PumpAsync(_shard, tunnel);
        return true;
    }

    private async Task PumpAsync(ShardSocket shard, TunnelConnection tunnel)
    {
        try
        {
            await _output.PumpAsync(shard, new Framing(), _gate, services.Counters, _end.Token);
        }
        catch (Exception fault) when (TunnelFaults.IsEnd(fault))
        {
            tunnel.Close(TunnelReasons.TransportEnded);
        }
    }

    private bool Refuse(string reason)
    {
        services.Counters.Refuse(reason);
        return false;
    }

    private readonly struct Framing : IFraming
    {
        public int Overhead => IceTcpFrame.HeaderLength;

        public int Write(ReadOnlySpan<byte> datagram, Span<byte> destination) => IceTcpFrame.Write(datagram, destination);
    }
}
