using System.Collections.Concurrent;
using Parley.Sfu.Packets;

namespace Parley.Simulation.Tests.Support;

/// <summary>Packet pools between two worlds: eight megabytes each, so they are used again. One that lost buffers is thrown away.</summary>
public static class PoolShelf
{
    private const int Capacity = 4096;

    private static readonly ConcurrentBag<PacketPool> Pools = [];

    public static PacketPool Take() => Pools.TryTake(out PacketPool? pool) ? pool : new PacketPool(Capacity);

    public static void Return(PacketPool pool)
    {
        if (pool.Available == pool.Capacity)
            Pools.Add(pool);
    }
}
