namespace Parley.Simulation;

/// <summary>An RTP packet that a peer is to send.</summary>
public sealed record OutgoingRtp
{
    /// <summary>The stream.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>The payload type.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>The extended sequence number: 65,536 for each wrap.</summary>
    public required long Sequence { get; init; }

    /// <summary>The timestamp.</summary>
    public uint Timestamp { get; init; }

    /// <summary>The marker bit.</summary>
    public bool Marker { get; init; }

    /// <summary>The MID; none when null.</summary>
    public string? Mid { get; init; }

    /// <summary>The RTP stream id; none when null.</summary>
    public string? Rid { get; init; }

    /// <summary>The repaired RTP stream id; none when null.</summary>
    public string? RepairedRid { get; init; }

    /// <summary>The audio level, -dBov; none when null.</summary>
    public byte? Level { get; init; }

    /// <summary>The transport-wide sequence number; none when null.</summary>
    public ushort? TransportSequence { get; init; }

    /// <summary>The dependency descriptor; none when null.</summary>
    public byte[]? Descriptor { get; init; }

    /// <summary>Bytes of padding.</summary>
    public byte Padding { get; init; }

    /// <summary>The count that the last byte of padding tells, when it lies.</summary>
    public byte? PaddingCount { get; init; }

    /// <summary>The payload.</summary>
    public byte[] Payload { get; init; } = [];
}
