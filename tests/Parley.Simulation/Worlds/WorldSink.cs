using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Simulation.Worlds;

/// <summary>Where a shard's datagrams leave: each goes into its receiver's link at once.</summary>
public readonly struct WorldSink(World world, WorldNode node) : IDatagramSink
{
    /// <inheritdoc />
    public Span<byte> Reserve(int length) => world.OutgoingRoom[..length];

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => world.Send(node, destination, length);

    /// <inheritdoc />
    public void Pace()
    {
    }
}
