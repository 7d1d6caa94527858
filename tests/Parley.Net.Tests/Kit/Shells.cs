using Parley.Net.Shards;

namespace Parley.Net.Tests.Kit;

/// <summary>The shells of this machine, and starting a shard on one.</summary>
internal static class Shells
{
    public static TheoryData<ShellKind> All => OperatingSystem.IsLinux() ? [ShellKind.Linux, ShellKind.Portable] : [ShellKind.Portable];

    public static ShardHost Start<TEngine>(ShardHostSettings settings, EngineFactory<TEngine> makeEngine, Action<Exception>? report = null)
        where TEngine : IShardEngine
    {
        ShardHost host = ShardHostFactory.Create(settings, makeEngine, report);
        host.Start();
        return host;
    }

    public static ShardHost StartEcho(ShardHostSettings settings, out EchoEngine engine, int measureFrom = int.MaxValue, int measureTo = int.MaxValue)
    {
        EchoEngine? made = null;
        ShardHost host = Start(settings, (pool, _) => made = new EchoEngine(pool, measureFrom, measureTo));
        engine = made!;
        return host;
    }

    public static ShardHostSettings On(ShellKind shell) => new() { Shell = shell, BindAddress = IPAddress.Loopback, PacketBuffers = 512 };
}
