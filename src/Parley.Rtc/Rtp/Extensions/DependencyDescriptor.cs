using System.Buffers.Binary;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>
/// What one packet's dependency descriptor says about its frame (AV1 RTP payload specification, appendix A). Beside simulcast, a layer is (rid, spatial id) with the rid first:
/// Chromium writes spatial id 0 on every rid.
/// </summary>
public readonly struct DependencyDescriptor
{
    /// <summary>Bytes of the shortest descriptor.</summary>
    public const int MandatoryLength = 3;

    /// <summary>Whether this is the frame's first packet.</summary>
    public bool IsStartOfFrame { get; init; }

    /// <summary>Whether this is the frame's last packet.</summary>
    public bool IsEndOfFrame { get; init; }

    /// <summary>The template that the frame follows, 0 to 63.</summary>
    public byte TemplateId { get; init; }

    /// <summary>The frame's number, 16 bits, counted over all layers.</summary>
    public ushort FrameNumber { get; init; }

    /// <summary>Whether the packet brings a new structure: it starts a key frame.</summary>
    public bool HasStructure { get; init; }

    /// <summary>Whether the structure is known, so that the values below have a meaning; false until the first key frame was seen.</summary>
    public bool IsResolved { get; init; }

    /// <summary>The frame's spatial layer, 0 to 3.</summary>
    public byte SpatialId { get; init; }

    /// <summary>The frame's temporal layer, 0 to 7.</summary>
    public byte TemporalId { get; init; }

    /// <summary>How many decode targets the structure has, 1 to 32.</summary>
    public byte TargetCount { get; init; }

    /// <summary>How many chains the structure has, 0 to 32.</summary>
    public byte ChainCount { get; init; }

    /// <summary>Which decode targets the sender still produces, bit by bit; null when this packet does not say.</summary>
    public uint? ActiveTargets { get; init; }

    /// <summary>Whether one may switch up to the frame's own layer here: the frame is <see cref="DecodeTargetIndication.Switch"/> for the target of its spatial and temporal id.</summary>
    public bool IsSwitchingUpPoint { get; init; }

    /// <summary>Width of the frame's spatial layer, pixels; 0 when the structure does not say.</summary>
    public int Width { get; init; }

    /// <summary>Height of the frame's spatial layer, pixels; 0 when the structure does not say.</summary>
    public int Height { get; init; }

    /// <summary>The indications of all targets, two bits each, target 0 lowest.</summary>
    internal ulong Indications { get; init; }

    internal ChainDistances ChainDistances { get; init; }

    /// <summary>What the frame is to a decode target; not present for a target that is not there.</summary>
    public DecodeTargetIndication IndicationFor(int target) =>
        (uint)target < TargetCount ? (DecodeTargetIndication)((Indications >> (target * 2)) & 3) : DecodeTargetIndication.NotPresent;

    /// <summary>How many frames back the last frame of a chain is; 0 when this frame starts the chain anew, or for a chain that is not there.</summary>
    public int ChainDistance(int chain) => (uint)chain < ChainCount ? ChainDistances[chain] : 0;

    /// <summary>Overwrites the frame number in a descriptor's bytes, as is needed when a slot switches to another source; false when they are too short.</summary>
    public static bool TrySetFrameNumber(Span<byte> data, ushort frameNumber)
    {
        if (data.Length < MandatoryLength)
            return false;
        BinaryPrimitives.WriteUInt16BigEndian(data[1..], frameNumber);
        return true;
    }
}
