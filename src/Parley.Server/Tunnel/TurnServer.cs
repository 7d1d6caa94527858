using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Parley.Net.Entropy;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;
using Parley.Rtc.Turn;
using Parley.Server.Media;

namespace Parley.Server.Tunnel;

/// <summary>The node's end of one TURN connection: the allocation is a socket that leads to one shard of this node.</summary>
internal sealed class TurnServer : ITurnAuthority, IDisposable
{
    private const string Realm = "parley";
    private const int NonceBytes = 12;

    private readonly TunnelServices _services;
    private readonly ConnectionContext _connection;
    private readonly HalfOpen _halfOpen;
    private readonly TurnSession _session;
    private readonly StreamOutput _output;
    private readonly byte[] _scratch = new byte[TurnFrame.MaximumLength];
    private readonly byte[] _response = new byte[StunConstants.MaximumLength];
    private readonly CancellationTokenSource _end = new();
    private ShardSocket? _shard;
    private UfragGate? _gate;
    private TunnelConnection? _tunnel;
    private Task _pumping = Task.CompletedTask;
    private bool _isLed;
    private string? _refusal;

    /// <summary>Takes a connection that began with a STUN message.</summary>
    public TurnServer(TunnelServices services, ConnectionContext connection, HalfOpen halfOpen)
    {
        _services = services;
        _connection = connection;
        _halfOpen = halfOpen;
        _output = new StreamOutput(connection.Transport.Output);
        IReadOnlyList<TransportAddress> own = services.Media.Addresses;
        TurnSettings settings = new()
        {
            Realm = Realm,
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)),
            Client = connection.RemoteEndPoint is IPEndPoint client ? TransportAddress.From(client) : default,
            Relayed = [.. own.Where(static address => address.IsIPv4).Take(1), .. own.Where(static address => !address.IsIPv4).Take(1)],
            Peers = own,
        };
        _session = new TurnSession(settings, this, new SystemEntropy());
    }

    /// <inheritdoc />
    public string? FindPassword(string username, bool isAllocated)
    {
        _refusal = !TunnelPasses.TryRead(username, out TunnelUser user) ? TunnelReasons.WrongCredentials
            : !isAllocated && _services.Passes.IsExpired(user) ? TunnelReasons.Expired
            : !_services.Tunnels.IsGranted(user.Meeting) ? TunnelReasons.GrantMissing
            : null;
        return _refusal is null ? _services.Passes.Password(username) : null;
    }

    /// <inheritdoc />
    public ushort Open(string username)
    {
        TunnelPasses.TryRead(username, out TunnelUser user);
        UfragGate gate = new(_services.Media, user);
        TunnelConnection tunnel = new(TunnelKind.Turn, user, gate, _connection) { Session = _session };
        if (!_services.Tunnels.TryAdd(tunnel))
        {
            _services.Counters.Refuse(TunnelReasons.Quota);
            return 0;
        }

        _tunnel = tunnel;
        _gate = gate;
        _shard = new ShardSocket();
        return _shard.Port;
    }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        PipeReader input = _connection.Transport.Input;
        bool isOpen = true;
        while (isOpen)
        {
            ReadResult read = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            bool isSane = true;
            while (isOpen && isSane && TryCut(ref buffer, out ReadOnlySequence<byte> frame, out isSane))
            {
                TurnStep step = Take(frame);
                isOpen = _session.State != TurnState.Closed;
                if (step.ResponseLength > 0)
                    isOpen &= await _output.WriteAsync(_response.AsMemory(0, step.ResponseLength));
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            isOpen &= isSane && !read.IsCompleted;
        }
    }

    /// <summary>Ends the way to the shard.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        _shard?.Dispose();
        await _pumping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_tunnel is not null)
            _services.Tunnels.Remove(_tunnel);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Dispose();
        _output.Dispose();
    }

    // Cuts the next whole message off.
    private bool TryCut(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out bool isSane)
    {
        frame = default;
        isSane = true;
        Span<byte> header = stackalloc byte[TurnFrame.HeaderLength];
        if (buffer.Length < header.Length)
            return false;
        buffer.Slice(0, header.Length).CopyTo(header);
        if (!TurnFrame.TryReadLength(header, out int length))
        {
            _services.Counters.Refuse(TunnelReasons.Malformed);
            isSane = false;
            return false;
        }

        if (buffer.Length < length)
            return false;
        frame = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        return true;
    }

    private TurnStep Take(ReadOnlySequence<byte> sequence)
    {
        ReadOnlySpan<byte> frame = sequence.FirstSpan;
        if (!sequence.IsSingleSegment)
        {
            sequence.CopyTo(_scratch);
            frame = _scratch.AsSpan(0, (int)sequence.Length);
        }

        TurnStep step = _session.Handle(frame, _services.Tunnels.Now, _response);
        if (step.Outcome == TurnOutcome.Data)
            Pass(frame.Slice(step.DataOffset, step.DataLength));
        else if (step.Outcome == TurnOutcome.Allocated)
            _halfOpen.Leave();
        else if (ReasonOf(step.Outcome) is { } reason)
            _services.Counters.Refuse(reason);
        return step;
    }

    private string? ReasonOf(TurnOutcome outcome) => outcome switch
    {
        TurnOutcome.WrongCredentials => _refusal ?? TunnelReasons.WrongCredentials,
        TurnOutcome.ForeignPeer => TunnelReasons.ForeignPeer,
        TurnOutcome.NotPermitted => TunnelReasons.NotPermitted,
        TurnOutcome.Refused => TunnelReasons.Refused,
        TurnOutcome.Malformed => TunnelReasons.Malformed,
        _ => null,
    };

    private void Pass(ReadOnlySpan<byte> datagram)
    {
        string? refusal = _gate!.Check(datagram);
        if (refusal is null && !_isLed)
            refusal = Lead();
        if (refusal is null && !_shard!.Send(datagram))
            refusal = TunnelReasons.ShardBusy;
        if (refusal is null)
            _services.Counters.CountIn(datagram.Length);
        else
            _services.Counters.Refuse(refusal);
    }

    // The first check that passes says that the peer is the shard which waits for it.
    private string? Lead()
    {
        if (_gate!.Owner!.Port != _session.Peer!.Value.Port)
            return TunnelReasons.ForeignUfrag;
        _shard!.Lead(_gate.Owner.Port);
        _isLed = true;
        _pumping = PumpAsync();
        return null;
    }

    private async Task PumpAsync()
    {
        try
        {
            await _output.PumpAsync(_shard!, new Framing(_session, _services.Tunnels), _gate!, _services.Counters, _end.Token);
        }
        catch (Exception fault) when (TunnelFaults.IsEnd(fault))
        {
            _tunnel!.Close(TunnelReasons.TransportEnded);
        }
    }

    private readonly struct Framing(TurnSession session, Tunnels tunnels) : IFraming
    {
        public int Overhead => TurnFrame.MaximumLength - 2048;

        public int Write(ReadOnlySpan<byte> datagram, Span<byte> destination) => session.WriteToClient(datagram, tunnels.Now, destination);
    }
}
