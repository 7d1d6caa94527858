using System.Threading.Channels;
using Grpc.Core;
using Parley.Server.Nodes.Wire;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes;

/// <summary>One stream of commands and news about a room of this node. The room outlives a stream that breaks, until its grant ends or another stream takes charge.</summary>
internal sealed class RoomSession(RoomCharge room) : IDisposable
{
    // A caller that does not read its answers is not read from either.
    private const int MostWaiting = 256;

    private readonly Channel<RoomNews> _out = Channel.CreateBounded<RoomNews>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _end = new();

    /// <summary>Serves the stream until it or the room ends.</summary>
    public async Task RunAsync(uint opening, IAsyncStreamReader<RoomCommand> commands, IServerStreamWriter<RoomNews> news, CancellationToken broken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(broken, _end.Token);
        await _out.Writer.WriteAsync(new RoomNews { Call = opening, Done = new Done() }, end.Token);
        Task events = TellAsync(end.Token);
        Task reading = ReadAsync(commands, end.Token);
        try
        {
            await foreach (RoomNews item in _out.Reader.ReadAllAsync(end.Token))
                await news.WriteAsync(item, end.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The stream has ended, however it did.
        }
        finally
        {
            room.Leave();
            await _end.CancelAsync();
            await Task.WhenAll(events, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _end.Dispose();

    private async Task TellAsync(CancellationToken end)
    {
        await foreach (ShardEvent happened in room.Events.ReadAllAsync(end))
        {
            if (WireEvents.Write(happened) is { } written)
                await _out.Writer.WriteAsync(written, end);
        }

        await _out.Writer.WriteAsync(new RoomNews { Ended = WireNames.Write(room.End) }, end);
        _out.Writer.TryComplete();
    }

    private async Task ReadAsync(IAsyncStreamReader<RoomCommand> commands, CancellationToken end)
    {
        try
        {
            while (await commands.MoveNext(end))
                await DoAsync(commands.Current, end);
        }
        finally
        {
            // Without commands there is nobody in charge.
            room.Leave();
        }
    }

    private async Task DoAsync(RoomCommand command, CancellationToken end)
    {
        switch (command.WhatCase)
        {
            case RoomCommand.WhatOneofCase.Connect:
                await AnswerAsync(command.Call, async () =>
                {
                    Media.MediaAnswer answer = await room.ConnectAsync(WireOffers.Read(command.Connect), end);
                    return new RoomNews { Answer = WireOffers.Write(answer) };
                }, end);
                break;
            case RoomCommand.WhatOneofCase.Renegotiate:
                Reoffer offer = command.Renegotiate;
                await AnswerAsync(command.Call, async () =>
                    new RoomNews { Sdp = await room.RenegotiateAsync(new TransportId(offer.Transport), offer.Sdp, WireNames.Sources(offer.Sources), end) }, end);
                break;
            case RoomCommand.WhatOneofCase.Relay:
                // This asks another node: the commands after it do not wait.
                _ = AnswerAsync(command.Call, async () => new RoomNews { Verdict = WireNames.Write(await room.RelayAsync(command.Relay, end)) }, end);
                break;
            case RoomCommand.WhatOneofCase.Unrelay:
                room.Unrelay(command.Unrelay);
                break;
            case RoomCommand.WhatOneofCase.Close:
                room.Close(new TransportId(command.Close));
                break;
            case RoomCommand.WhatOneofCase.View:
                room.SetView(new TransportId(command.View.Transport), WireOffers.Read(command.View));
                break;
            case RoomCommand.WhatOneofCase.Mute when WireNames.Kind(command.Mute.Source) is { } kind:
                room.SetMuted(new TransportId(command.Mute.Transport), kind, command.Mute.Muted);
                break;
            case RoomCommand.WhatOneofCase.End:
                await room.DisposeAsync();
                break;
        }
    }

    private async Task AnswerAsync(uint call, Func<Task<RoomNews>> ask, CancellationToken end)
    {
        RoomNews answer;
        try
        {
            answer = await ask();
        }
        catch (ProblemException problem)
        {
            answer = new RoomNews { Problem = WireNames.Write(problem) };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            answer = new RoomNews { Problem = WireNames.Write(NodeRefusals.Fault(room.Node)) };
        }

        answer.Call = call;
        try
        {
            await _out.Writer.WriteAsync(answer, end);
        }
        catch (Exception gone) when (gone is OperationCanceledException or ChannelClosedException)
        {
            // Nobody waits for it any more.
        }
    }
}
