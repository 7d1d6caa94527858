using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Server.Nodes.Wire;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>A room on another node, over one stream.</summary>
internal sealed class RemoteRoom : IMediaRoom
{
    private const int MostWaiting = 4096;
    private const int MostEvents = 8192;

    private readonly ConcurrentDictionary<uint, TaskCompletionSource<RoomNews>> _calls = new();
    private readonly Channel<RoomCommand> _out = Channel.CreateBounded<RoomCommand>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Channel<ShardEvent> _events = Channel.CreateBounded<ShardEvent>(new BoundedChannelOptions(MostEvents) { SingleReader = true });
    private readonly AsyncDuplexStreamingCall<RoomCommand, RoomNews> _stream;
    private readonly Task _work;
    private uint _lastCall;
    private volatile bool _isOver;
    private string _fault = "the connection to it has ended.";

    private RemoteRoom(string node, NodeControl.NodeControlClient client, CancellationToken lost)
    {
        Node = node;
        _stream = client.Room(cancellationToken: lost);
        _work = Task.WhenAll(WriteAsync(), ReadAsync());
    }

    /// <inheritdoc />
    public string Node { get; }

    /// <inheritdoc />
    public ChannelReader<ShardEvent> Events => _events.Reader;

    /// <inheritdoc />
    public GrantRefusal? End { get; private set; }

    /// <summary>Opens a meeting's room on a node, or takes charge of it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="client">The way to it.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="peers">The nodes that it is to be relayed with from there.</param>
    /// <param name="lost">The node no longer answers.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<RemoteRoom> OpenAsync(string node, NodeControl.NodeControlClient client, string meeting, IEnumerable<string> peers, CancellationToken lost, CancellationToken cancellation)
    {
        RemoteRoom room = new(node, client, lost);
        try
        {
            await room.AskAsync(new RoomCommand { Open = meeting, Peers = { peers } }, static news => news.WhatCase == RoomNews.WhatOneofCase.Done ? "" : null, cancellation);
            return room;
        }
        catch
        {
            room._stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<MediaAnswer> ConnectAsync(MediaOffer offer, CancellationToken cancellation = default) => AskAsync(
        new RoomCommand { Connect = WireOffers.Write(offer) },
        static news => news.Answer is { } answer ? WireOffers.Read(answer) : null,
        cancellation);

    /// <inheritdoc />
    public Task<string> RenegotiateAsync(TransportId transport, string sdp, IReadOnlyDictionary<string, SourceKind> sources, CancellationToken cancellation = default)
    {
        Reoffer offer = new() { Transport = transport.Value, Sdp = sdp };
        foreach ((string mid, SourceKind kind) in sources)
            offer.Sources[mid] = (int)kind;
        return AskAsync(new RoomCommand { Renegotiate = offer }, static news => news.WhatCase == RoomNews.WhatOneofCase.Sdp ? news.Sdp : null, cancellation);
    }

    /// <inheritdoc />
    public void Close(TransportId transport) => Tell(new RoomCommand { Close = transport.Value });

    /// <inheritdoc />
    public void SetView(TransportId transport, IReadOnlyList<SourceWish> wishes) => Tell(new RoomCommand { View = WireOffers.Write(transport, wishes) });

    /// <inheritdoc />
    public void SetMuted(TransportId transport, SourceKind source, bool muted) =>
        Tell(new RoomCommand { Mute = new Mute { Transport = transport.Value, Source = (int)source, Muted = muted } });

    /// <inheritdoc />
    public async Task<GrantRefusal?> RelayAsync(string peer, CancellationToken cancellation = default)
    {
        Verdict verdict = await AskAsync(new RoomCommand { Relay = peer }, static news => news.Verdict, cancellation);
        return WireNames.Read(verdict);
    }

    /// <inheritdoc />
    public void Unrelay(string peer) => Tell(new RoomCommand { Unrelay = peer });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _out.Writer.TryWrite(new RoomCommand { End = new Done() });
        _out.Writer.TryComplete();

        // The node answers the end by ending the stream. If it does not, the room ends with its grant.
        await _work.WaitAsync(IMediaNodeLink.Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stream.Dispose();
    }

    // A node that does not keep up has all its commands refused rather than some of them lost.
    private void Tell(RoomCommand command)
    {
        if (!_out.Writer.TryWrite(command) && !_isOver)
            _stream.Dispose();
    }

    private async Task<T> AskAsync<T>(RoomCommand command, Func<RoomNews, T?> read, CancellationToken cancellation)
        where T : class
    {
        uint call = command.Call = Interlocked.Increment(ref _lastCall);
        TaskCompletionSource<RoomNews> answer = _calls[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (!_out.Writer.TryWrite(command))
                throw NodeRefusals.Unreachable(Node, _fault);
            RoomNews news = await answer.Task.WaitAsync(IMediaNodeLink.Deadline, cancellation);
            if (news.WhatCase == RoomNews.WhatOneofCase.Problem)
                throw WireNames.Read(news.Problem);
            return read(news) ?? throw NodeRefusals.Unreachable(Node, "its answer makes no sense.");
        }
        catch (TimeoutException)
        {
            throw NodeRefusals.Unreachable(Node, $"there was no answer within {IMediaNodeLink.Deadline.TotalSeconds:0} s.");
        }
        finally
        {
            _calls.TryRemove(call, out _);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (RoomCommand command in _out.Reader.ReadAllAsync())
                await _stream.RequestStream.WriteAsync(command);
            await _stream.RequestStream.CompleteAsync();
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            _out.Writer.TryComplete();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _stream.ResponseStream.MoveNext(CancellationToken.None))
                Take(_stream.ResponseStream.Current);
        }
        catch (RpcException fault)
        {
            _fault = fault.Status.Detail;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            _fault = fault.Message;
        }
        finally
        {
            _isOver = true;
            _out.Writer.TryComplete();
            _events.Writer.TryComplete();
            foreach (TaskCompletionSource<RoomNews> call in _calls.Values)
                call.TrySetException(End is { } end ? NodeRefusals.RoomEnded(end) : NodeRefusals.Unreachable(Node, _fault));
        }
    }

    private void Take(RoomNews news)
    {
        if (news.Call != 0)
        {
            if (_calls.TryRemove(news.Call, out TaskCompletionSource<RoomNews>? call))
                call.TrySetResult(news);
            return;
        }

        if (news.WhatCase == RoomNews.WhatOneofCase.Ended)
            End = WireNames.Read(news.Ended);
        else if (WireEvents.Read(news) is { } happened && !_events.Writer.TryWrite(happened) && happened is not StatisticsReported)
            _stream.Dispose();
    }
}
