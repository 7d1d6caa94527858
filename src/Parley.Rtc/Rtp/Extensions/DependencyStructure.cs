using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>
/// A template dependency structure (AV1 RTP payload specification, appendix A.8): what the frames of a stream look like until the next key frame. It is read into arrays of the largest
/// size that are made once, so that a key frame allocates nothing.
/// </summary>
public sealed class DependencyStructure
{
    /// <summary>The most decode targets and chains that the format can express.</summary>
    public const int MaximumTargets = 32;

    /// <summary>The most templates: ids have six bits.</summary>
    public const int MaximumTemplates = 64;

    /// <summary>The most spatial layers that are accepted: AV1's spatial ids have two bits.</summary>
    public const int MaximumSpatialLayers = 4;

    /// <summary>The most temporal layers that are accepted: AV1's temporal ids have three bits.</summary>
    public const int MaximumTemporalLayers = 8;

    private readonly byte[] _spatialIds = new byte[MaximumTemplates];
    private readonly byte[] _temporalIds = new byte[MaximumTemplates];
    private readonly ulong[] _indications = new ulong[MaximumTemplates];
    private readonly byte[] _chainDistances = new byte[MaximumTemplates * MaximumTargets];
    private readonly byte[] _targetSpatialIds = new byte[MaximumTargets];
    private readonly byte[] _targetTemporalIds = new byte[MaximumTargets];
    private readonly byte[] _protectingChains = new byte[MaximumTargets];
    private readonly ushort[] _widths = new ushort[MaximumSpatialLayers];
    private readonly ushort[] _heights = new ushort[MaximumSpatialLayers];
    private bool _hasResolutions;

    /// <summary>The id of the first template.</summary>
    public int TemplateIdOffset { get; private set; }

    /// <summary>How many templates there are.</summary>
    public int TemplateCount { get; private set; }

    /// <summary>How many decode targets there are.</summary>
    public int TargetCount { get; private set; }

    /// <summary>How many chains there are.</summary>
    public int ChainCount { get; private set; }

    /// <summary>How many spatial layers there are.</summary>
    public int SpatialLayerCount { get; private set; }

    /// <summary>The highest spatial layer in a decode target below <see cref="TargetCount"/>.</summary>
    public int SpatialIdOf(int target) => _targetSpatialIds[target];

    /// <summary>The highest temporal layer in a decode target below <see cref="TargetCount"/>.</summary>
    public int TemporalIdOf(int target) => _targetTemporalIds[target];

    /// <summary>The chain that protects a decode target below <see cref="TargetCount"/>; 0 also when there are no chains.</summary>
    public int ChainOf(int target) => _protectingChains[target];

    /// <summary>Width of a spatial layer below <see cref="SpatialLayerCount"/>, pixels; 0 when the structure does not say.</summary>
    public int WidthOf(int spatialId) => _hasResolutions ? _widths[spatialId] + 1 : 0;

    /// <summary>Height of a spatial layer below <see cref="SpatialLayerCount"/>, pixels; 0 when the structure does not say.</summary>
    public int HeightOf(int spatialId) => _hasResolutions ? _heights[spatialId] + 1 : 0;

    internal int TemplateSpatialId(int template) => _spatialIds[template];

    internal int TemplateTemporalId(int template) => _temporalIds[template];

    internal ulong TemplateIndications(int template) => _indications[template];

    internal ReadOnlySpan<byte> TemplateChainDistances(int template) => _chainDistances.AsSpan(template * MaximumTargets, ChainCount);

    /// <summary>Reads a structure over this one; false when it is malformed, and this one is then of no use.</summary>
    internal bool TryRead(ref BitReader reader)
    {
        TemplateIdOffset = (int)reader.ReadBits(6);
        TargetCount = (int)reader.ReadBits(5) + 1;
        if (!TryReadLayers(ref reader))
            return false;
        ReadIndications(ref reader);
        SkipFrameDistances(ref reader);
        ReadChains(ref reader);
        FindTargetLayers();
        _hasResolutions = reader.ReadFlag();
        for (int i = 0; _hasResolutions && i < SpatialLayerCount; i++)
        {
            _widths[i] = (ushort)reader.ReadBits(16);
            _heights[i] = (ushort)reader.ReadBits(16);
        }

        return !reader.Failed;
    }

    private bool TryReadLayers(ref BitReader reader)
    {
        int spatialId = 0;
        int temporalId = 0;
        TemplateCount = 0;
        uint next;
        do
        {
            if (TemplateCount == MaximumTemplates || spatialId == MaximumSpatialLayers || temporalId == MaximumTemporalLayers || reader.Failed)
                return false;
            _spatialIds[TemplateCount] = (byte)spatialId;
            _temporalIds[TemplateCount++] = (byte)temporalId;
            next = reader.ReadBits(2);
            // 0: the same layer, 1: the next temporal one, 2: the next spatial one, 3: no more.
            if (next == 1)
                temporalId++;
            else if (next == 2)
                (spatialId, temporalId) = (spatialId + 1, 0);
        }
        while (next != 3);
        SpatialLayerCount = spatialId + 1;
        return true;
    }

    private void ReadIndications(ref BitReader reader)
    {
        for (int template = 0; template < TemplateCount; template++)
            _indications[template] = ReadIndications(ref reader, TargetCount);
    }

    internal static ulong ReadIndications(ref BitReader reader, int targets)
    {
        ulong all = 0;
        for (int target = 0; target < targets; target++)
            all |= (ulong)reader.ReadBits(2) << (target * 2);
        return all;
    }

    // Which frames a frame refers to is the decoder's affair; a forwarder needs chains and indications only.
    private void SkipFrameDistances(ref BitReader reader)
    {
        for (int template = 0; template < TemplateCount; template++)
        {
            while (reader.ReadFlag())
                reader.Skip(4);
        }
    }

    private void ReadChains(ref BitReader reader)
    {
        ChainCount = (int)reader.ReadNonSymmetric((uint)TargetCount + 1);
        Array.Clear(_protectingChains);
        if (ChainCount == 0)
            return;
        for (int target = 0; target < TargetCount; target++)
            _protectingChains[target] = (byte)reader.ReadNonSymmetric((uint)ChainCount);
        for (int template = 0; template < TemplateCount; template++)
        {
            for (int chain = 0; chain < ChainCount; chain++)
                _chainDistances[(template * MaximumTargets) + chain] = (byte)reader.ReadBits(4);
        }
    }

    private void FindTargetLayers()
    {
        for (int target = 0; target < TargetCount; target++)
        {
            (_targetSpatialIds[target], _targetTemporalIds[target]) = (0, 0);
            for (int template = 0; template < TemplateCount; template++)
            {
                if (((_indications[template] >> (target * 2)) & 3) == 0)
                    continue;
                _targetSpatialIds[target] = Math.Max(_targetSpatialIds[target], _spatialIds[template]);
                _targetTemporalIds[target] = Math.Max(_targetTemporalIds[target], _temporalIds[template]);
            }
        }
    }
}
