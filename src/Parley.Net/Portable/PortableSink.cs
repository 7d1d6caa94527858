using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Portable;

/// <summary>The sender as the engine sees it.</summary>
internal readonly struct PortableSink(PortableSender sender) : IDatagramSink
{
    /// <inheritdoc />
    public Span<byte> Reserve(int length) => sender.Reserve(length);

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => sender.Commit(in destination, length);

    /// <inheritdoc />
    public void Pace()
    {
    }
}
