namespace Parley.Simulation;

/// <summary>A scripted microphone: each call sends a packet of 20 ms.</summary>
public sealed class OpusSource(SimulatedPeer peer, string mid, uint ssrc, byte payloadType = 111)
{
    /// <summary>The SSRC.</summary>
    public uint Ssrc => ssrc;

    /// <summary>The next extended sequence number.</summary>
    public long Sequence { get; set; } = 500;

    /// <summary>The timestamp of the next packet.</summary>
    public uint Timestamp { get; set; } = 48_000;

    /// <summary>Makes the next packet without sending it.</summary>
    public OutgoingRtp Next(byte level = 30, byte tag = 0)
    {
        var packet = new OutgoingRtp
        {
            Ssrc = ssrc,
            PayloadType = payloadType,
            Sequence = Sequence++,
            Timestamp = Timestamp,
            Mid = mid,
            Level = level,
            Payload = [1, 2, 3, tag],
        };
        Timestamp += 960;
        return packet;
    }

    /// <summary>Sends the next packet.</summary>
    public void Send(byte level = 30, byte tag = 0) => peer.Send(Next(level, tag));
}
