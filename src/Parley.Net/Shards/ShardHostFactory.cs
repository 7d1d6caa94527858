using System.Net;
using Parley.Net.Clocks;
using Parley.Net.Entropy;
using Parley.Net.Linux;
using Parley.Net.Loops;
using Parley.Net.Portable;
using Parley.Sfu.Packets;
using Parley.Sfu.Shards;
using Parley.Sfu.Transports;

namespace Parley.Net.Shards;

/// <summary>Makes shards with the shell that suits the machine.</summary>
public static class ShardHostFactory
{
    /// <summary>Binds a shard's socket and makes its core; <see cref="ShardHost.Start"/> starts it.</summary>
    /// <param name="settings">Where and how it runs.</param>
    /// <param name="core">The core's bounds.</param>
    /// <param name="dtls">Makes DTLS associations.</param>
    /// <param name="report">Told of exceptions out of the core (bugs), on the shard's thread, at most one a second; must not throw.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be had.</exception>
    public static ShardHost Create(ShardHostSettings settings, ShardSettings core, IDtlsEndpointFactory dtls, Action<Exception>? report = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Create(settings, (pool, wake) => new CoreEngine(new ShardCore(core, pool, dtls, new SystemEntropy(), wake)), report);
    }

    internal static ShardHost Create<TEngine>(ShardHostSettings settings, EngineFactory<TEngine> makeEngine, Action<Exception>? report)
        where TEngine : IShardEngine
    {
        ShellKind shell = ShellChoice.For(settings.Shell);
        var counters = new LoopCounters();
        var mailbox = new Mailbox(settings.MailboxCapacity);
        var events = new EventPump(settings.EventCapacity, counters);
        var pool = new PacketPool(settings.PacketBuffers);
        var local = new IPEndPoint(settings.BindAddress, settings.Port);
        IShardLoop loop = shell == ShellKind.Linux
            ? WithPort(new EventFdWake(), (port, wake, driver) => new LinuxShardLoop<TEngine>(
                LinuxUdpSocket.Open(local, settings.SocketBufferBytes), port, wake, pool, settings.SendMethod, new GatherPause(settings.GatherTime), counters, driver))
            : WithPort(new LoopbackWake(), (port, wake, driver) => new PortableShardLoop<TEngine>(
                PortableUdpSocket.Open(local, settings.SocketBufferBytes), port, wake, pool, counters, driver));
        return new ShardHost(settings, shell, loop, mailbox, events, report);

        IShardLoop WithPort<TPort>(TPort port, Func<TPort, WakeLatch, LoopDriver<TEngine>, IShardLoop> make)
            where TPort : IWakePort, IDisposable
        {
            try
            {
                var wake = new WakeLatch(port);
                TEngine engine = makeEngine(pool, wake.RequestTimeout);
                return make(port, wake, new LoopDriver<TEngine>(engine, MonotonicClock.Shared, mailbox, events, wake, counters, report));
            }
            catch
            {
                port.Dispose();
                throw;
            }
        }
    }
}
