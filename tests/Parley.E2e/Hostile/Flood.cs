using System.Diagnostics;
using System.Net;
using Parley.Net.Clients;
using Parley.Net.Clocks;
using Parley.Rtc.Primitives;

namespace Parley.E2e.Hostile;

/// <summary>Sends a recipe at a rate and for a time, from many ports, so that a limit for each source alone does not help.</summary>
internal static class Flood
{
    // A participant may have eight addresses at once (ICE), one of them its browser's.
    private const int SourcesOutside = 32;
    private const int SourcesInside = 4;
    private const int Burst = 64;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends on a thread of its own; how many datagrams went out. Time that the machine did not give is not made up for: the rate is never exceeded.</summary>
    public static Task<long> SendAsync(FloodTarget target, int perSecond, TimeSpan duration) =>
        Task.Factory.StartNew(() => Send(target, perSecond, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static long Send(FloodTarget target, int perSecond, TimeSpan duration)
    {
        TransportAddress destination = TransportAddress.From(IPAddress.Loopback, (ushort)target.Port);
        int sources = target.ServerPassword is null ? SourcesOutside : SourcesInside;
        using UdpSocketSet sockets = new(IPAddress.Loopback, sources);
        FloodRecipe recipe = new(target);
        Ears ears = default;
        for (int source = 0; source < sources; source++)
            Open(sockets.Sink(source), recipe, destination);
        Stopwatch watch = Stopwatch.StartNew();
        double due = 0;
        TimeSpan last = watch.Elapsed;
        for (int source = 0; watch.Elapsed < duration;)
        {
            TimeSpan now = watch.Elapsed;
            due += Math.Min((now - last).TotalSeconds, 0.02) * perSecond;
            last = now;
            for (; due >= Burst; due -= Burst, source = (source + 1) % sources)
                SendBurst(sockets.Sink(source), recipe, destination);
            sockets.Turn(MonotonicClock.Shared.Now + Step, ref ears);
        }

        return sockets.Counters.DatagramsSent;
    }

    private static void Open(ClientSink sink, FloodRecipe recipe, in TransportAddress destination)
    {
        int length = recipe.WriteOpening(sink.Reserve(1500));
        if (length > 0)
            sink.Commit(destination, length);
    }

    private static void SendBurst(ClientSink sink, FloodRecipe recipe, in TransportAddress destination)
    {
        for (int i = 0; i < Burst; i++)
        {
            Span<byte> room = sink.Reserve(1500);
            if (room.IsEmpty)
                return;
            sink.Commit(destination, recipe.Write(room));
        }
    }

    /// <summary>Hears nothing: whatever is answered is not read.</summary>
    private struct Ears : IClientHandler
    {
        public readonly void HandleDatagram(int socket, TransportAddress source, MonotonicTime arrival, Span<byte> datagram)
        {
        }
    }
}
