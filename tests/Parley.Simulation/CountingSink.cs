using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Simulation;

/// <summary>Counts datagrams and throws them away: for allocation tests and benchmarks.</summary>
public struct CountingSink(byte[] buffer) : IDatagramSink
{
    /// <summary>Datagrams committed.</summary>
    public long Datagrams { get; private set; }

    /// <inheritdoc />
    public readonly Span<byte> Reserve(int length) => buffer.AsSpan(0, length);

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => Datagrams++;

    /// <inheritdoc />
    public readonly void Pace()
    {
    }
}
