using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Linux;

/// <summary>The batch as the engine sees it.</summary>
internal readonly struct LinuxSink(SendBatch<LinuxSendCalls> batch) : IDatagramSink
{
    /// <inheritdoc />
    public Span<byte> Reserve(int length) => batch.Reserve(length);

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => batch.Commit(in destination, length);

    /// <inheritdoc />
    public void Pace() => batch.Pace();
}
