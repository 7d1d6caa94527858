using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>
/// Reads the dependency descriptors of one RTP stream: it keeps the structure that the last key frame brought, by which the descriptors that follow are read. A structure takes the place
/// of the one before only when its whole descriptor is sound and it is not a late packet of an earlier key frame.
/// </summary>
public sealed class DependencyDescriptorReader
{
    // A structure at most so many frames behind the present one's is taken for a late packet, one further back for a sender that began anew.
    private const int LateFrames = 1024;

    private DependencyStructure _present = new();
    private DependencyStructure _spare = new();
    private ushort _structureFrame;

    /// <summary>Whether a structure was read.</summary>
    public bool HasStructure { get; private set; }

    /// <summary>The structure of the last key frame; of no meaning while <see cref="HasStructure"/> is false.</summary>
    public DependencyStructure Structure => _present;

    /// <summary>
    /// Reads one descriptor. False when it is malformed or names a template that the structure does not have. Before the first structure it is read as far as can be
    /// (<see cref="DependencyDescriptor.IsResolved"/> is false).
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> data, out DependencyDescriptor descriptor)
    {
        descriptor = default;
        if (data.Length < DependencyDescriptor.MandatoryLength)
            return false;
        BitReader reader = new(data);
        descriptor = new()
        {
            IsStartOfFrame = reader.ReadFlag(),
            IsEndOfFrame = reader.ReadFlag(),
            TemplateId = (byte)reader.ReadBits(6),
            FrameNumber = (ushort)reader.ReadBits(16),
        };
        // Five flags: structure, active targets, custom indications, custom frame distances, custom chains.
        uint flags = data.Length > DependencyDescriptor.MandatoryLength ? reader.ReadBits(5) : 0;
        bool hasStructure = (flags & 0x10) != 0;
        if (hasStructure && !_spare.TryRead(ref reader))
            return false;
        DependencyStructure structure = hasStructure ? _spare : _present;
        if (!hasStructure && !HasStructure)
            return true;
        uint? active = hasStructure ? (uint)((1UL << structure.TargetCount) - 1) : null;
        if ((flags & 0x08) != 0)
            active = reader.ReadBits(structure.TargetCount);
        if (!TryResolve(ref reader, structure, flags, descriptor with { HasStructure = hasStructure, ActiveTargets = active }, out descriptor))
            return false;
        if (hasStructure)
            Adopt(descriptor.FrameNumber);
        return true;
    }

    private static bool TryResolve(ref BitReader reader, DependencyStructure structure, uint flags, in DependencyDescriptor read, out DependencyDescriptor descriptor)
    {
        descriptor = default;
        int template = (read.TemplateId - structure.TemplateIdOffset) & 63;
        if (template >= structure.TemplateCount)
            return false;
        ulong indications = (flags & 0x04) != 0 ? DependencyStructure.ReadIndications(ref reader, structure.TargetCount) : structure.TemplateIndications(template);
        if ((flags & 0x02) != 0)
            SkipFrameDistances(ref reader);
        ChainDistances chains = default;
        if ((flags & 0x01) != 0)
            ReadChainDistances(ref reader, structure.ChainCount, chains);
        else
            structure.TemplateChainDistances(template).CopyTo(chains);
        if (reader.Failed)
            return false;
        int spatialId = structure.TemplateSpatialId(template);
        int temporalId = structure.TemplateTemporalId(template);
        descriptor = read with
        {
            IsResolved = true,
            SpatialId = (byte)spatialId,
            TemporalId = (byte)temporalId,
            TargetCount = (byte)structure.TargetCount,
            ChainCount = (byte)structure.ChainCount,
            ChainDistances = chains,
            Indications = indications,
            IsSwitchingUpPoint = IsSwitch(structure, indications, spatialId, temporalId),
            Width = structure.WidthOf(spatialId),
            Height = structure.HeightOf(spatialId),
        };
        return true;
    }

    private static bool IsSwitch(DependencyStructure structure, ulong indications, int spatialId, int temporalId)
    {
        for (int target = 0; target < structure.TargetCount; target++)
        {
            if (((indications >> (target * 2)) & 3) == (int)DecodeTargetIndication.Switch
                && structure.SpatialIdOf(target) == spatialId
                && structure.TemporalIdOf(target) == temporalId)
                return true;
        }

        return false;
    }

    private static void SkipFrameDistances(ref BitReader reader)
    {
        // Each distance is told as its size in units of four bits, then its value; size 0 ends.
        for (uint size = reader.ReadBits(2); size != 0; size = reader.ReadBits(2))
            reader.Skip((int)size * 4);
    }

    private static void ReadChainDistances(ref BitReader reader, int count, scoped Span<byte> distances)
    {
        for (int chain = 0; chain < count; chain++)
            distances[chain] = (byte)reader.ReadBits(8);
    }

    private void Adopt(ushort frame)
    {
        int ahead = (short)(ushort)(frame - _structureFrame);
        if (HasStructure && ahead is < 0 and > -LateFrames)
            return;
        (_present, _spare) = (_spare, _present);
        _structureFrame = frame;
        HasStructure = true;
    }
}
