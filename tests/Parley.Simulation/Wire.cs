using Parley.Rtc.Primitives;

namespace Parley.Simulation;

/// <summary>What a shard has sent and nobody has taken yet.</summary>
public sealed class Wire
{
    private readonly byte[] _buffer = new byte[2048];

    /// <summary>The datagrams in their order.</summary>
    public Queue<WireDatagram> Datagrams { get; } = [];

    /// <summary>Whether the shell has no room: everything is refused.</summary>
    public bool IsFull { get; set; }

    /// <summary>A destination that makes sending fail with an exception, for tests of fault isolation.</summary>
    public TransportAddress? Poisoned { get; set; }

    /// <summary>Room for a datagram.</summary>
    public Span<byte> Reserve(int length) => IsFull ? default : _buffer.AsSpan(0, length);

    /// <summary>Takes the reserved datagram.</summary>
    public void Commit(in TransportAddress destination, int length)
    {
        if (destination == Poisoned)
            throw new InvalidOperationException("This destination is poisoned.");
        Datagrams.Enqueue(new WireDatagram(destination, _buffer[..length]));
    }
}
