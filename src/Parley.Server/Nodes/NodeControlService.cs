using Grpc.Core;
using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Server.Directory;
using Parley.Server.Media;
using Parley.Server.Nodes.Wire;
using Parley.Server.Problems;

namespace Parley.Server.Nodes;

/// <summary>What other nodes may ask of this one. The caller is known by its TLS key, and looked up anew for every call: a key that was revoked meanwhile is refused.</summary>
internal sealed class NodeControlService(
    NodeIdentity identity, NodeDirectory directory, HostedRooms rooms, RelayHub relays, OwnStatement statement, DelayTable delays, IMediaNode media)
    : NodeControl.NodeControlBase, IDisposable
{
    // Others plan with these: every few seconds is often enough, and at once when there is one more.
    private const int PingsPerTelling = 10;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends all streams: the node is going down.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc />
    public override Task<Verdict> Grant(GrantCall request, ServerCallContext context)
    {
        Caller(context);
        return Task.FromResult(WireNames.Write(rooms.Grant(request.Grant)));
    }

    /// <inheritdoc />
    public override Task<Verdict> Revoke(GrantCall request, ServerCallContext context)
    {
        Caller(context);
        return Task.FromResult(WireNames.Write(rooms.Revoke(request.Grant)));
    }

    /// <inheritdoc />
    public override Task Room(IAsyncStreamReader<RoomCommand> requestStream, IServerStreamWriter<RoomNews> responseStream, ServerCallContext context) =>
        StreamAsync(context, (caller, end) => RoomAsync(caller, requestStream, responseStream, end));

    /// <inheritdoc />
    public override Task<RelayAnswer> Relay(RelayCall request, ServerCallContext context) => Task.FromResult(relays.Answer(Caller(context).Id, request, rooms.Find(request.Meeting)));

    /// <inheritdoc />
    public override Task<Verdict> Unrelay(UnrelayCall request, ServerCallContext context)
    {
        relays.PeerLeft(request.Meeting, Caller(context).Id);
        return Task.FromResult(new Verdict());
    }

    /// <inheritdoc />
    public override Task Ping(IAsyncStreamReader<PingCall> requestStream, IServerStreamWriter<PingAnswer> responseStream, ServerCallContext context) =>
        StreamAsync(context, (_, end) => PingAsync(requestStream, responseStream, context, end));

    private async Task RoomAsync(Node caller, IAsyncStreamReader<RoomCommand> commands, IServerStreamWriter<RoomNews> news, CancellationToken end)
    {
        if (!await commands.MoveNext(end) || commands.Current.WhatCase != RoomCommand.WhatOneofCase.Open)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The first command must open a room."));
        RoomCommand first = commands.Current;
        if (!caller.Roles.Contains(Node.ControlRole) || MeetingHome.Of(first.Open) != caller.Region)
            throw new RpcException(new Status(StatusCode.PermissionDenied, $"Node '{caller.Id}' is no control node of the meeting's home."));
        try
        {
            using RoomSession session = new(rooms.Open(first.Open, first.Peers));
            await session.RunAsync(first.Call, commands, news, end);
        }
        catch (ProblemException problem)
        {
            await news.WriteAsync(new RoomNews { Call = first.Call, Problem = WireNames.Write(problem) }, end);
        }
    }

    private async Task PingAsync(IAsyncStreamReader<PingCall> calls, IServerStreamWriter<PingAnswer> answers, ServerCallContext context, CancellationToken end)
    {
        string told = "";
        int count = 0;
        int known = 0;
        while (await calls.MoveNext(end))
        {
            Caller(context);

            // A node whose shards have ended carries nothing: silence says so.
            if (!media.IsHealthy || directory.Fault is not null)
                continue;
            NodeLoad load = rooms.Load;
            PingAnswer answer = new() { Number = calls.Current.Number, Life = rooms.Life, Capacity = load.Capacity, Carried = load.Carried };
            string text = statement.Text;
            if (text != told)
                answer.Statement = told = text;
            IReadOnlyDictionary<string, double> measured = delays.Own;
            if (count++ % PingsPerTelling == 0 || measured.Count != known)
                answer.Delays.Add(measured.Select(static entry => new PingAnswer.Types.Delay { Node = entry.Key, RoundTrip = entry.Value }));
            known = measured.Count;
            await answers.WriteAsync(answer, end);
        }
    }

    private async Task StreamAsync(ServerCallContext context, Func<Node, CancellationToken, Task> serve)
    {
        Node caller = Caller(context);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _stop.Token);
        try
        {
            await serve(caller, end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The caller has gone, or this node is going.
        }
    }

    private Node Caller(ServerCallContext context) =>
        identity.Find(context.GetHttpContext().Connection.ClientCertificate)
        ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "The directory lists no node with the caller's key, or has revoked it."));
}
