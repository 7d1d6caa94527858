using Parley.Sfu.Tracks;

namespace Parley.Sfu.Relays;

/// <summary>One layer of a relayed source as it arrives.</summary>
public sealed class RelayStream
{
    /// <summary>Makes a stream of which nothing has arrived.</summary>
    public RelayStream(RelayInlet inlet, LayerStream layer, RelayLayer offered)
    {
        Inlet = inlet;
        Layer = layer;
        Ssrc = offered.Ssrc;
        RtxSsrc = offered.RtxSsrc;
    }

    /// <summary>The source.</summary>
    public RelayInlet Inlet { get; }

    /// <summary>The layer.</summary>
    public LayerStream Layer { get; }

    /// <summary>Its SSRC.</summary>
    public uint Ssrc { get; }

    /// <summary>The SSRC of its retransmissions; 0 for sound.</summary>
    public uint RtxSsrc { get; }

    /// <summary>Authentic packets so far, retransmissions included.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of their datagrams.</summary>
    public long Bytes { get; private set; }

    /// <summary>The packets at the last report.</summary>
    public long Reported { get; set; }

    /// <summary>Counts a packet.</summary>
    public void Count(int length)
    {
        Packets++;
        Bytes += length;
    }
}
