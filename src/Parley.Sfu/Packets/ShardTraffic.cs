namespace Parley.Sfu.Packets;

/// <summary>What passed through one shard, and what did not.</summary>
public sealed class ShardTraffic
{
    /// <summary>The drops by reason.</summary>
    public DropCounters Drops { get; } = new();

    /// <summary>Datagrams received.</summary>
    public long DatagramsReceived { get; private set; }

    /// <summary>Bytes received in datagrams.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Datagrams sent.</summary>
    public long DatagramsSent { get; private set; }

    /// <summary>Bytes sent in datagrams.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Counts a received datagram.</summary>
    public void Received(int length)
    {
        DatagramsReceived++;
        BytesReceived += length;
    }

    /// <summary>Counts a sent datagram.</summary>
    public void Sent(int length)
    {
        DatagramsSent++;
        BytesSent += length;
    }
}
