using System.Runtime.CompilerServices;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>A distance, in frames, for each chain of a dependency structure.</summary>
[InlineArray(DependencyStructure.MaximumTargets)]
internal struct ChainDistances
{
    private byte _first;
}
