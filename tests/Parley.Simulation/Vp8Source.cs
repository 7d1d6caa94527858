namespace Parley.Simulation;

/// <summary>One simulcast layer (or the only one) of a scripted VP8 camera: each call sends a packet that is a whole frame.</summary>
public sealed class Vp8Source(SimulatedPeer peer, string mid, uint ssrc, string? rid = null, int height = 720, byte payloadType = 96)
{
    private ushort _picture = 100;

    /// <summary>The SSRC.</summary>
    public uint Ssrc => ssrc;

    /// <summary>The next extended sequence number.</summary>
    public long Sequence { get; set; } = 1000;

    /// <summary>The timestamp of the next frame.</summary>
    public uint Timestamp { get; set; } = 90_000;

    /// <summary>Makes the next frame without sending it.</summary>
    public OutgoingRtp Next(bool isKeyFrame = false, byte tag = 0)
    {
        var packet = new OutgoingRtp
        {
            Ssrc = ssrc,
            PayloadType = payloadType,
            Sequence = Sequence++,
            Timestamp = Timestamp,
            Marker = true,
            Mid = mid,
            Rid = rid,
            Payload = Frame(isKeyFrame, tag),
        };
        Timestamp += 3000;
        return packet;
    }

    /// <summary>Sends the next frame.</summary>
    public void Send(bool isKeyFrame = false, byte tag = 0) => peer.Send(Next(isKeyFrame, tag));

    // X; I and a 15-bit picture id; the frame tag's lowest bit is 0 in key frames, which go on with the start code and the size (RFC 7741 section 4, RFC 6386 section 9.1).
    private byte[] Frame(bool isKeyFrame, byte tag)
    {
        ushort picture = _picture++;
        byte[] frame = new byte[100];
        frame[0] = 0x90;
        frame[1] = 0x80;
        frame[2] = (byte)(0x80 | (picture >> 8));
        frame[3] = (byte)picture;
        frame[4] = (byte)(isKeyFrame ? 0 : 1);
        if (isKeyFrame)
        {
            frame[7] = 0x9D;
            frame[8] = 0x01;
            frame[9] = 0x2A;
            (frame[10], frame[11]) = ((byte)(height * 16 / 9), (byte)((height * 16 / 9) >> 8));
            (frame[12], frame[13]) = ((byte)height, (byte)(height >> 8));
        }

        frame[^1] = tag;
        return frame;
    }
}
