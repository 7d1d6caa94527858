using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Simulation;

/// <summary>Puts a shard's datagrams into a queue.</summary>
public readonly struct WireSink(Wire wire) : IDatagramSink
{
    /// <inheritdoc />
    public Span<byte> Reserve(int length) => wire.Reserve(length);

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => wire.Commit(destination, length);

    /// <inheritdoc />
    public void Pace()
    {
    }
}
